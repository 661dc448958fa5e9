import type { Sheet } from '../../../schemas/sheet.ts';
import { blocksWith } from '../../graph/blocks.ts';
import { layoutFlow } from '../../graph/layout-flow.ts';
import { boundsOf } from '../../graph/rect.ts';
import type { SheetCommand } from './command.ts';
import { moveActions } from './move-actions.ts';

/** Arranges every card; the same flow is always arranged alike. */
export function autoLayout(): SheetCommand {
  return {
    label: 'Arrange cards',
    apply: (before) => {
      const layout = layoutFlow(before);
      return JSON.stringify(layout) === JSON.stringify(before.layout) ? before : { ...before, layout };
    },
  };
}

/** Arranges some cards among themselves; the ground that they take up keeps its upper left corner. */
export function arrangeSelected(ids: readonly string[]): SheetCommand {
  return {
    label: `Arrange ${ids.length} cards`,
    apply: (before) => {
      // A collapsed group is arranged as a whole.
      const chosen = new Set(blocksWith(before, ids).flatMap(({ actions }) => actions));
      const actions = Object.fromEntries(Object.entries(before.actions).filter(([id]) => chosen.has(id)));
      const part: Sheet = { ...before, actions };
      const arranged: Sheet = { ...part, layout: layoutFlow(part) };
      const corner = cornerOf(part);
      const moved = cornerOf(arranged);
      const places = Object.entries(arranged.layout ?? {}).map(([id, { x, y }]) => [
        id,
        { x: x + corner.x - moved.x, y: y + corner.y - moved.y },
      ]);
      return moveActions(Object.fromEntries(places)).apply(before);
    },
  };
}

function cornerOf(sheet: Sheet): { x: number; y: number } {
  const ground = boundsOf(blocksWith(sheet, Object.keys(sheet.actions)).map(({ rect }) => rect));
  return ground ?? { x: 0, y: 0 };
}
