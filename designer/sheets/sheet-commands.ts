import {
  IconArrowLeft,
  IconArrowRight,
  IconCopyPlus,
  IconCursorText,
  IconExternalLink,
  IconStackPop,
  IconStackPush,
  IconTrash,
} from '@tabler/icons-react';
import { findSheet, mainSheet, type SheetId } from '../../schemas/sheet.ts';
import { actionAtHand, actionsAtHand, needsActions, sheetOf } from '../commands/at-hand.ts';
import { type CommandContext, commandGroup } from '../commands/editor-command.ts';
import { addTask, duplicateTask } from '../state/commands/add-task.ts';
import { extractTask, whyNotExtract } from '../state/commands/extract-task.ts';
import { askToDeleteTask } from './ask-to-delete-task.ts';

export const sheetCommands = commandGroup('Tasks', {
  'new-task': {
    title: 'Draw a new task',
    icon: IconStackPush,
    keywords: 'tab sheet sub flow subflow add',
    edits: true,
    run: ({ store }) => {
      const { history, run } = store.getState();
      run(addTask(history.flow, { name: 'New task', isShown: true }).command);
    },
  },
  'extract-task': {
    title: 'Extract the cards to a task',
    icon: IconStackPop,
    keys: ['mod+Shift+E'],
    keywords: 'sub flow subflow move refactor',
    edits: true,
    when: (context) =>
      needsActions(context) ?? whyNotExtract(sheetOf(context), context.store.getState().sheet, actionsAtHand(context)),
    run: (context) => {
      const { history, sheet, run } = context.store.getState();
      const ids = actionsAtHand(context);
      const name = sheetOf(context).actions[ids[0] ?? '']?.name || 'New task';
      run(extractTask(history.flow, sheet, ids, name));
    },
  },
  'open-called': {
    title: 'Open the task that is called',
    icon: IconExternalLink,
    keywords: 'go into follow call tab',
    when: (context) => (calledTask(context) === null ? 'Select a card that calls a task first.' : null),
    run: (context) => {
      const task = calledTask(context);
      if (task !== null) context.store.getState().openSheet(task);
    },
  },
  'rename-task': {
    title: 'Rename this task',
    icon: IconCursorText,
    when: needsTask,
    edits: true,
    run: ({ store, focusInspector }) => {
      store.getState().select([]);
      focusInspector();
    },
  },
  'duplicate-task': {
    title: 'Duplicate this task',
    icon: IconCopyPlus,
    when: needsTask,
    edits: true,
    run: ({ store }) => {
      const { history, sheet, run } = store.getState();
      const task = sheet === mainSheet ? undefined : history.flow.tasks?.[sheet];
      if (task !== undefined) run(duplicateTask(history.flow, task).command);
    },
  },
  'delete-task': {
    title: 'Delete this task',
    icon: IconTrash,
    when: needsTask,
    edits: true,
    run: ({ store }) => {
      const { sheet } = store.getState();
      if (sheet !== mainSheet) askToDeleteTask(store, sheet);
    },
  },
  'next-tab': {
    title: 'Go to the next tab',
    icon: IconArrowRight,
    keys: ['mod+PageDown'],
    worksIn: 'everywhere',
    keywords: 'sheet task',
    when: needsTabs,
    run: (context) => goTo(context, 1),
  },
  'previous-tab': {
    title: 'Go to the previous tab',
    icon: IconArrowLeft,
    keys: ['mod+PageUp'],
    worksIn: 'everywhere',
    keywords: 'sheet task',
    when: needsTabs,
    run: (context) => goTo(context, -1),
  },
});

function needsTask({ store }: CommandContext): string | null {
  return store.getState().sheet === mainSheet ? 'Open the tab of a task first.' : null;
}

function needsTabs({ store }: CommandContext): string | null {
  return store.getState().history.flow.tasks === undefined ? 'This flow has no tasks.' : null;
}

function goTo({ store, announce }: CommandContext, by: 1 | -1): void {
  const { history, sheet, openSheet } = store.getState();
  const tabs: SheetId[] = [mainSheet, ...Object.keys(history.flow.tasks ?? {})];
  const next = tabs[(tabs.indexOf(sheet) + by + tabs.length) % tabs.length] ?? mainSheet;
  openSheet(next);
  announce(next === mainSheet ? 'Main' : `Task ${history.flow.tasks?.[next]?.name ?? next}`);
}

/** The task that the card at hand calls; null if it calls none that there is. */
export function calledTask(context: CommandContext): string | null {
  const action = sheetOf(context).actions[actionAtHand(context) ?? ''];
  if (action?.type !== 'call-task') return null;
  return findSheet(context.store.getState().history.flow, action.settings.task) === undefined
    ? null
    : action.settings.task;
}
