import { IconHierarchy2, IconLayoutGridAdd, IconLine, IconPencil } from '@tabler/icons-react';
import { autoLayout } from '../state/commands/auto-layout.ts';
import { type CommandContext, commandGroup } from './editor-command.ts';

export const drawCommands = commandGroup('Draw', {
  'add-action': {
    title: 'Add an action',
    icon: IconLayoutGridAdd,
    keys: ['/'],
    keywords: 'palette find insert new',
    edits: true,
    run: ({ focusPalette }) => focusPalette(),
  },
  connect: {
    title: 'Connect the outcomes of a card',
    icon: IconLine,
    keys: ['C'],
    edits: true,
    when: needsCard,
    run: (context) => context.store.getState().openConnectMenu(cardAtHand(context)),
  },
  'edit-action': {
    title: 'Edit the name and settings of a card',
    icon: IconPencil,
    keys: ['E'],
    when: needsCard,
    run: (context) => {
      const action = cardAtHand(context);
      if (action !== null) context.store.getState().show(action, 'name');
    },
  },
  arrange: {
    title: 'Arrange the cards',
    icon: IconHierarchy2,
    keys: ['Shift+L'],
    keywords: 'auto layout tidy',
    edits: true,
    run: ({ store }) => store.getState().run(autoLayout()),
  },
});

function needsCard(context: CommandContext): string | null {
  return cardAtHand(context) === null ? 'Select a card first.' : null;
}

/** The card that the keyboard is on, else the one that was selected first. */
function cardAtHand({ store, view }: CommandContext): string | null {
  return view.focused() ?? store.getState().selection[0] ?? null;
}
