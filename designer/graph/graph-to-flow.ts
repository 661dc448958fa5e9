import type { Position } from '../../schemas/flow.ts';

interface PlacedNode {
  id: string;
  position: { x: number; y: number };
}

interface Link {
  source: string;
  sourceHandle?: string | null | undefined;
  target: string;
}

/** Whole pixels: a fraction left over by a zoomed drag would only make noise in a diff. */
export function positionsOf(nodes: readonly PlacedNode[]): Record<string, Position> {
  return Object.fromEntries(
    nodes.map(({ id, position }) => [id, { x: Math.round(position.x), y: Math.round(position.y) }]),
  );
}

/** What a drawn or dragged edge means in the document; null while it does not start at an outcome. */
export function connectionOf({
  source,
  sourceHandle,
  target,
}: Link): { action: string; outcome: string; target: string } | null {
  return typeof sourceHandle === 'string' && sourceHandle !== ''
    ? { action: source, outcome: sourceHandle, target }
    : null;
}
