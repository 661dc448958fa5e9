import type { Position } from '../../../schemas/drawing.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { type Block, blocksWith, placesOf } from '../../graph/blocks.ts';
import { boundsOf, centreOf, type Rect } from '../../graph/rect.ts';
import type { SheetCommand } from './command.ts';
import { moveActions } from './move-actions.ts';

export type Edge = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'across' | 'down';

/** Lines cards up along an edge or the middle of the ground that they take up together. */
export function alignActions(ids: readonly string[], edge: Edge): SheetCommand {
  return arrangeBlocks(`Align ${edge}`, ids, (blocks, ground) =>
    blocks.map((block) => [block, aligned(block.rect, ground, edge)]),
  );
}

/** Gives cards the same gaps; the first and the last stay where they are. */
export function distributeActions(ids: readonly string[], axis: Axis): SheetCommand {
  const start = axis === 'across' ? 'x' : 'y';
  const length = axis === 'across' ? 'width' : 'height';
  return arrangeBlocks(axis === 'across' ? 'Distribute across' : 'Distribute down', ids, (blocks, ground) => {
    const sorted = blocks.toSorted((a, b) => a.rect[start] - b.rect[start]);
    const used = sorted.reduce((sum, { rect }) => sum + rect[length], 0);
    const gap = (ground[length] - used) / Math.max(1, sorted.length - 1);
    let at = ground[start];
    return sorted.map((block) => {
      const to = { ...block.rect, [start]: at };
      at += block.rect[length] + gap;
      return [block, to];
    });
  });
}

function arrangeBlocks(
  label: string,
  ids: readonly string[],
  arrange: (blocks: readonly Block[], ground: Rect) => [Block, Position][],
): SheetCommand {
  return {
    label,
    apply: (before) => {
      const blocks = blocksWith(before as Sheet, ids);
      const ground = boundsOf(blocks.map(({ rect }) => rect));
      return ground === null ? before : moveActions(placesOf(before, arrange(blocks, ground))).apply(before);
    },
  };
}

function aligned(rect: Rect, ground: Rect, edge: Edge): Position {
  const { x, y } = rect;
  const centre = centreOf(ground);
  switch (edge) {
    case 'left':
      return { x: ground.x, y };
    case 'centre':
      return { x: centre.x - rect.width / 2, y };
    case 'right':
      return { x: ground.x + ground.width - rect.width, y };
    case 'top':
      return { x, y: ground.y };
    case 'middle':
      return { x, y: centre.y - rect.height / 2 };
    case 'bottom':
      return { x, y: ground.y + ground.height - rect.height };
  }
}
