import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconBoxMargin,
  IconBoxOff,
  IconNote,
  IconSquareArrowUp,
  IconStack2,
} from '@tabler/icons-react';
import { groupNodeId, noteNodeId } from '../graph/blocks.ts';
import { groupByAction } from '../graph/groups.ts';
import { branchOf } from '../graph/ways.ts';
import { collapseGroup, groupActions, takeOutOfGroup, ungroup } from '../state/commands/group-actions.ts';
import { addStickyNote } from '../state/commands/sticky-notes.ts';
import { actionAtHand, actionsAtHand, groupAtHand, needsAction, needsActions, sheetOf } from './at-hand.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';

export const groupCommands = commandGroup('Groups and notes', {
  group: {
    title: 'Group the cards',
    icon: IconBoxMargin,
    keys: ['mod+G'],
    keywords: 'frame',
    edits: true,
    when: needsActions,
    run: (context) => {
      const ids = actionsAtHand(context);
      context.store.getState().run(groupActions(sheetOf(context), { ids, name: nameFor(context, ids) }));
    },
  },
  'collapse-branch': {
    title: 'Collapse the branch',
    icon: IconStack2,
    keys: ['B'],
    keywords: 'group fold hide',
    edits: true,
    when: needsAction,
    run: (context) => {
      const id = actionAtHand(context);
      if (id === null) return;
      const sheet = sheetOf(context);
      const before = new Set(Object.keys(sheet.groups ?? {}));
      context.store
        .getState()
        .run(groupActions(sheet, { ids: branchOf(sheet, id), name: nameFor(context, [id]), collapsed: true }));
      const group = Object.keys(sheetOf(context).groups ?? {}).find((each) => !before.has(each));
      if (group !== undefined) context.view.focus(groupNodeId(group));
    },
  },
  'toggle-group': {
    title: 'Collapse or expand the group',
    icon: IconArrowsDiagonalMinimize2,
    keys: ['Shift+C'],
    keywords: 'fold unfold open close',
    edits: true,
    when: needsGroup,
    run: (context) => {
      const id = groupAtHand(context);
      const group = id === null ? undefined : sheetOf(context).groups?.[id];
      if (id === null || group === undefined) return;
      context.store.getState().run(collapseGroup(id, group.collapsed !== true));
      const [first] = group.actions;
      context.view.focus(group.collapsed === true && first !== undefined ? first : groupNodeId(id));
    },
  },
  'expand-all': {
    title: 'Expand all groups',
    icon: IconArrowsDiagonal,
    edits: true,
    when: (context) =>
      Object.values(sheetOf(context).groups ?? {}).some(({ collapsed }) => collapsed)
        ? null
        : 'No group is collapsed here.',
    run: ({ store }) =>
      store.getState().run({
        label: 'Expand all groups',
        apply: (sheet) =>
          Object.keys(sheet.groups ?? {}).reduce((before, id) => collapseGroup(id, false).apply(before), sheet),
      }),
  },
  ungroup: {
    title: 'Ungroup',
    icon: IconBoxOff,
    keys: ['mod+Shift+G'],
    edits: true,
    when: needsGroup,
    run: (context) => {
      const id = groupAtHand(context);
      if (id !== null) context.store.getState().run(ungroup(id));
    },
  },
  'leave-group': {
    title: 'Take out of the group',
    icon: IconSquareArrowUp,
    edits: true,
    when: (context) => {
      const groups = groupByAction(sheetOf(context));
      return actionsAtHand(context).some((id) => groups.has(id)) ? null : 'Select cards of a group first.';
    },
    run: (context) => context.store.getState().run(takeOutOfGroup(actionsAtHand(context))),
  },
  'add-note': {
    title: 'Add a sticky note',
    icon: IconNote,
    keys: ['N'],
    keywords: 'comment remark',
    edits: true,
    run: (context) => {
      const { run } = context.store.getState();
      run(addStickyNote(sheetOf(context), context.workbench.getState().place ?? context.view.centre()));
      const [added] = context.store.getState().selectedNotes;
      if (added === undefined) return;
      context.store.getState().write(added);
      context.store.getState().keyboardAt(noteNodeId(added));
    },
  },
});

function needsGroup(context: CommandContext): string | null {
  return groupAtHand(context) === null ? 'Select a group, or a card of one, first.' : null;
}

/** A group is named after the first of its actions until somebody names it. */
function nameFor(context: CommandContext, ids: readonly string[]): string {
  return sheetOf(context).actions[ids[0] ?? '']?.name || 'Group';
}
