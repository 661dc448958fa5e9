import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconDeviceFloppy,
  IconTrash,
} from '@tabler/icons-react';
import { waysTo } from '../graph/ways.ts';
import { duplicateSelection } from '../state/clipboard.ts';
import { allOf } from '../state/commands/command.ts';
import { deleteActions } from '../state/commands/delete-actions.ts';
import { disconnectOutcomes } from '../state/commands/disconnect-outcome.ts';
import { deleteStickyNotes } from '../state/commands/sticky-notes.ts';
import { actionsAtHand, cardOfAction, needsActions, notesAtHand, sheetOf } from './at-hand.ts';
import { copy, paste } from './clipboard-access.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';

export const editCommands = commandGroup('Edit', {
  undo: {
    title: 'Undo',
    icon: IconArrowBackUp,
    keys: ['mod+Z'],
    worksIn: 'fields',
    edits: true,
    when: ({ store }) => (store.getState().history.past.length === 0 ? 'There is nothing to undo.' : null),
    run: ({ store }) => store.getState().undo(),
  },
  redo: {
    title: 'Redo',
    icon: IconArrowForwardUp,
    keys: ['mod+Shift+Z', 'mod+Y'],
    worksIn: 'fields',
    edits: true,
    when: ({ store }) => (store.getState().history.future.length === 0 ? 'There is nothing to redo.' : null),
    run: ({ store }) => store.getState().redo(),
  },
  cut: {
    title: 'Cut',
    icon: IconCut,
    keys: ['mod+X'],
    isNative: true,
    edits: true,
    when: needsSomething,
    run: async (context) => {
      selectAtHand(context);
      await copy(context);
      remove(context);
    },
  },
  copy: {
    title: 'Copy',
    icon: IconCopy,
    keys: ['mod+C'],
    isNative: true,
    when: needsSomething,
    run: (context) => {
      selectAtHand(context);
      return copy(context);
    },
  },
  paste: {
    title: 'Paste',
    icon: IconClipboard,
    keys: ['mod+V'],
    isNative: true,
    edits: true,
    run: paste,
  },
  duplicate: {
    title: 'Duplicate',
    icon: IconCopyPlus,
    keys: ['mod+D'],
    edits: true,
    when: needsSomething,
    run: (context) => {
      selectAtHand(context);
      duplicateSelection(context.store);
    },
  },
  delete: {
    title: 'Delete',
    icon: IconTrash,
    keys: ['Delete', 'Backspace'],
    keywords: 'remove heal reconnect',
    edits: true,
    when: (context) => (context.store.getState().selectedConnections.length > 0 ? null : needsSomething(context)),
    run: (context) => remove(context),
  },
  'delete-gap': {
    title: 'Delete and leave a gap',
    icon: IconTrash,
    keys: ['Shift+Delete', 'Shift+Backspace'],
    keywords: 'remove disconnect without reconnecting',
    edits: true,
    when: needsActions,
    run: (context) => remove(context, { leavesGap: true }),
  },
  save: {
    title: 'Save now',
    icon: IconDeviceFloppy,
    keys: ['mod+S'],
    worksIn: 'everywhere',
    edits: true,
    run: ({ save }) => save(),
  },
});

function needsSomething(context: CommandContext): string | null {
  return notesAtHand(context).length > 0 ? null : needsActions(context);
}

/** What the keyboard is on counts as selected where nothing else is. */
function selectAtHand(context: CommandContext): void {
  const { selectedConnections, select } = context.store.getState();
  select(actionsAtHand(context), selectedConnections, notesAtHand(context));
}

function remove(context: CommandContext, options: { leavesGap?: boolean } = {}): void {
  const { store, view } = context;
  const { selectedConnections, run } = store.getState();
  const actions = actionsAtHand(context);
  const notes = notesAtHand(context);
  const parts = [
    ...(actions.length > 0 ? [deleteActions(actions, options)] : []),
    ...(notes.length > 0 ? [deleteStickyNotes(notes)] : []),
    ...(selectedConnections.length > 0 ? [disconnectOutcomes(selectedConnections)] : []),
  ];
  const next = view.focused() === null ? null : neighbourOf(context, actions);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) run(only);
  else run(allOf(`Delete ${actions.length + notes.length + selectedConnections.length} things`, parts, { select: [] }));
  // The keyboard goes on where the mail came from, not back to the start of the page.
  if (next !== null) view.focus(next);
}

/** The card that stays and is nearest to what goes: what leads to it, or what it leads to. */
function neighbourOf(context: CommandContext, gone: readonly string[]): string | null {
  const sheet = sheetOf(context);
  const stays = (id: string | undefined): id is string => id !== undefined && !gone.includes(id);
  const before = gone.flatMap((id) => waysTo(sheet, id).map(({ action }) => action)).find(stays);
  const after = gone.flatMap((id) => Object.values(sheet.actions[id]?.next ?? {})).find(stays);
  const found = before ?? after ?? Object.keys(sheet.actions).find(stays);
  return found === undefined ? null : cardOfAction(sheet, found);
}
