import type { Rect } from '../graph/rect.ts';

/** A line that shows what a dragged card is in line with, in pixels of the canvas. */
export interface Guide {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
}

interface Snap {
  dx: number;
  dy: number;
  guides: Guide[];
}

interface SnapOptions {
  /** How near is near enough, in pixels of the canvas. */
  reach: number;
  hasGuides: boolean;
  /** Width of a square of the grid; null where cards stand freely. */
  grid: number | null;
}

/** How far a dragged rectangle is to be moved so that it is in line with another, or else on the grid. */
export function snap(moved: Rect, others: readonly Rect[], { reach, hasGuides, grid }: SnapOptions): Snap {
  const x = hasGuides ? nearest(moved, others, 'x', reach) : null;
  const y = hasGuides ? nearest(moved, others, 'y', reach) : null;
  const dx = x?.by ?? toGrid(moved.x, grid);
  const dy = y?.by ?? toGrid(moved.y, grid);
  const placed = { ...moved, x: moved.x + dx, y: moved.y + dy };
  const guides = [
    ...(x === null ? [] : [guideBetween('x', x.at, placed, x.other)]),
    ...(y === null ? [] : [guideBetween('y', y.at, placed, y.other)]),
  ];
  return { dx, dy, guides };
}

interface Match {
  by: number;
  at: number;
  other: Rect;
}

/** The other whose edge or middle is nearest to the same edge or middle of the one that moves. */
function nearest(moved: Rect, others: readonly Rect[], axis: 'x' | 'y', reach: number): Match | null {
  const length = axis === 'x' ? 'width' : 'height';
  let best: Match | null = null;
  for (const other of others) {
    for (const share of [0.5, 0, 1]) {
      const at = other[axis] + other[length] * share;
      const by = at - (moved[axis] + moved[length] * share);
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, at, other };
    }
  }
  return best;
}

function toGrid(value: number, grid: number | null): number {
  return grid === null ? 0 : Math.round(value / grid) * grid - value;
}

function guideBetween(axis: 'x' | 'y', at: number, a: Rect, b: Rect): Guide {
  const [start, length] = axis === 'x' ? (['y', 'height'] as const) : (['x', 'width'] as const);
  return {
    axis,
    at,
    from: Math.min(a[start], b[start]) - 12,
    to: Math.max(a[start] + a[length], b[start] + b[length]) + 12,
  };
}
