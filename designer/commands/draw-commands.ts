import {
  IconArrowsExchange,
  IconLayoutGridAdd,
  IconLine,
  IconPencil,
  IconPlayerPlay,
  IconRowInsertBottom,
} from '@tabler/icons-react';
import { isEnding } from '../../schemas/actions/index.ts';
import { replaceType } from '../state/commands/replace-type.ts';
import { setEntry } from '../state/commands/set-entry.ts';
import { actionAtHand, needsAction, sheetOf } from './at-hand.ts';
import { chooseType } from './choose-type.ts';
import { connectFrom } from './connect-from.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';
import { insertAfter } from './insert-after.ts';

export const drawCommands = commandGroup('Draw', {
  'add-action': {
    title: 'Add an action',
    icon: IconLayoutGridAdd,
    keys: ['/'],
    keywords: 'palette find insert new',
    edits: true,
    run: ({ focusPalette }) => focusPalette(),
  },
  'insert-after': {
    title: 'Insert an action after it',
    icon: IconRowInsertBottom,
    keys: ['I'],
    keywords: 'add next follow between',
    edits: true,
    when: needsWayOn,
    run: withAction(insertAfter),
  },
  connect: {
    title: 'Connect from here',
    icon: IconLine,
    keys: ['C'],
    keywords: 'outcome lead to draw connection',
    edits: true,
    when: needsWayOn,
    run: withAction(connectFrom),
  },
  replace: {
    title: 'Replace by another type',
    icon: IconArrowsExchange,
    keys: ['R'],
    keywords: 'change convert',
    edits: true,
    when: needsAction,
    run: withAction(async (context, id) => {
      const type = sheetOf(context).actions[id]?.type;
      const chosen = await chooseType(context, { title: 'Replace by', without: type });
      if (chosen !== null) context.store.getState().run(replaceType(id, chosen));
    }),
  },
  'edit-action': {
    title: 'Edit the name and settings',
    icon: IconPencil,
    keys: ['E', 'F2'],
    when: needsAction,
    run: withAction((context, id) => context.store.getState().show(id, 'name')),
  },
  'start-here': {
    title: 'Start here',
    icon: IconPlayerPlay,
    keywords: 'entry first',
    edits: true,
    when: (context) => {
      const id = actionAtHand(context);
      return id !== null && sheetOf(context).entry === id ? 'Mail starts here already.' : needsAction(context);
    },
    run: withAction((context, id) => context.store.getState().run(setEntry(id))),
  },
});

function withAction(act: (context: CommandContext, id: string) => void | Promise<void>) {
  return (context: CommandContext): void | Promise<void> => {
    const id = actionAtHand(context);
    if (id !== null) return act(context, id);
  };
}

function needsWayOn(context: CommandContext): string | null {
  const id = actionAtHand(context);
  const action = id === null ? undefined : sheetOf(context).actions[id];
  if (action === undefined) return 'Select a card first.';
  return isEnding(action.type) ? `“${action.name}” ends the flow: nothing follows it.` : null;
}
