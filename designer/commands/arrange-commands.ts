import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconHierarchy2,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconSchema,
} from '@tabler/icons-react';
import { type Axis, alignActions, distributeActions, type Edge } from '../state/commands/align-actions.ts';
import { arrangeSelected, autoLayout } from '../state/commands/auto-layout.ts';
import { moveDrawn } from '../state/commands/move-drawn.ts';
import { actionsAtHand, needsActions, needsSeveral, notesAtHand, sheetOf } from './at-hand.ts';
import { type CommandContext, commandGroup, type EditorCommand } from './editor-command.ts';

/** Half of the distance between two dots of the canvas. */
const stepPx = 11;

export const arrangeCommands = commandGroup('Arrange', {
  arrange: {
    title: 'Arrange the cards',
    icon: IconHierarchy2,
    keys: ['Shift+L'],
    keywords: 'auto layout tidy',
    edits: true,
    run: ({ store }) => store.getState().run(autoLayout()),
  },
  'arrange-selected': {
    title: 'Arrange the selected cards',
    icon: IconSchema,
    keys: ['Shift+Alt+L'],
    keywords: 'auto layout tidy selection',
    edits: true,
    when: needsSeveral(2),
    run: (context) => context.store.getState().run(arrangeSelected(actionsAtHand(context))),
  },
  'align-left': align('left', 'Align left', 'Alt+A', IconLayoutAlignLeft),
  'align-centre': align('centre', 'Align centres', 'Alt+H', IconLayoutAlignCenter),
  'align-right': align('right', 'Align right', 'Alt+D', IconLayoutAlignRight),
  'align-top': align('top', 'Align tops', 'Alt+W', IconLayoutAlignTop),
  'align-middle': align('middle', 'Align middles', 'Alt+V', IconLayoutAlignMiddle),
  'align-bottom': align('bottom', 'Align bottoms', 'Alt+S', IconLayoutAlignBottom),
  'distribute-across': distribute('across', 'Distribute across', IconLayoutDistributeVertical),
  'distribute-down': distribute('down', 'Distribute down', IconLayoutDistributeHorizontal),
  'move-up': nudge('Move up', 'ArrowUp', IconArrowUp, { x: 0, y: -stepPx }),
  'move-down': nudge('Move down', 'ArrowDown', IconArrowDown, { x: 0, y: stepPx }),
  'move-left': nudge('Move left', 'ArrowLeft', IconArrowLeft, { x: -stepPx, y: 0 }),
  'move-right': nudge('Move right', 'ArrowRight', IconArrowRight, { x: stepPx, y: 0 }),
});

function align(edge: Edge, title: string, keys: string, icon: EditorCommand['icon'] & object): EditorCommand {
  return {
    title,
    icon,
    keys: [keys],
    edits: true,
    when: needsSeveral(2),
    run: (context) => context.store.getState().run(alignActions(actionsAtHand(context), edge)),
  };
}

function distribute(axis: Axis, title: string, icon: EditorCommand['icon'] & object): EditorCommand {
  return {
    title,
    icon,
    keywords: 'space evenly gaps',
    edits: true,
    when: needsSeveral(3),
    run: (context) => context.store.getState().run(distributeActions(actionsAtHand(context), axis)),
  };
}

function nudge(
  title: string,
  key: string,
  icon: EditorCommand['icon'] & object,
  by: { x: number; y: number },
): EditorCommand {
  return {
    title,
    icon,
    keys: [`Shift+${key}`],
    worksIn: 'card',
    keywords: 'nudge',
    edits: true,
    when: (context) => (notesAtHand(context).length > 0 ? null : needsActions(context)),
    run: (context) => move(context, by),
  };
}

function move(context: CommandContext, by: { x: number; y: number }): void {
  const { layout = {}, notes = {} } = sheetOf(context);
  const moved = (ids: readonly string[], places: Readonly<Record<string, { x: number; y: number }>>) =>
    Object.fromEntries(
      ids.map((id) => {
        const { x, y } = places[id] ?? { x: 0, y: 0 };
        return [id, { x: x + by.x, y: y + by.y }];
      }),
    );
  const actions = moved(actionsAtHand(context), layout);
  context.store.getState().run(moveDrawn({ actions, notes: moved(notesAtHand(context), notes) }, 'nudge'));
}
