import { IconArrowBigDownLines, IconArrowBigUpLines, IconSelectAll } from '@tabler/icons-react';
import { downstreamOf, upstreamOf } from '../graph/ways.ts';
import { actionsAtHand, actionsOfCard, needsActions, sheetOf } from './at-hand.ts';
import { commandGroup } from './editor-command.ts';

export const selectCommands = commandGroup('Select', {
  'select-all': {
    title: 'Select everything',
    icon: IconSelectAll,
    keys: ['mod+A'],
    run: (context) => {
      const { actions, notes } = sheetOf(context);
      context.store.getState().select(Object.keys(actions), [], Object.keys(notes ?? {}));
    },
  },
  'select-downstream': {
    title: 'Select what follows',
    icon: IconArrowBigDownLines,
    keys: ['mod+Shift+ArrowDown'],
    keywords: 'downstream branch below after',
    when: needsActions,
    run: (context) => context.store.getState().select(downstreamOf(sheetOf(context), actionsAtHand(context))),
  },
  'select-upstream': {
    title: 'Select what leads here',
    icon: IconArrowBigUpLines,
    keys: ['mod+Shift+ArrowUp'],
    keywords: 'upstream above before',
    when: needsActions,
    run: (context) => context.store.getState().select(upstreamOf(sheetOf(context), actionsAtHand(context))),
  },
  'select-also': {
    title: 'Add the card to the selection, or take it out',
    keys: ['Space'],
    worksIn: 'card',
    keywords: 'toggle multiple',
    when: ({ view }) => (view.focused() === null ? 'Go to a card first.' : null),
    run: (context) => {
      const { selection, selectedNotes, select } = context.store.getState();
      const here = actionsOfCard(sheetOf(context), context.view.focused() ?? '');
      const isChosen = here.every((id) => selection.includes(id));
      const rest = selection.filter((id) => !here.includes(id));
      select(isChosen ? rest : [...rest, ...here], [], selectedNotes);
    },
  },
  'select-nothing': {
    title: 'Let go of the selection',
    keys: ['Escape'],
    keywords: 'unselect deselect flow settings',
    run: ({ store }) => store.getState().select([]),
  },
});
