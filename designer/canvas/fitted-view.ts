import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { CardSize } from '../graph/card-size.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import { boundsOf } from '../graph/rect.ts';

/** Closer than this the words on a card can be made out; further away its name is less than four pixels high. */
export const readableZoom = 0.3;
export const zoomRange = { least: 0.08, most: 1.75 };
/** How the whole of a flow is brought into view. */
export const wholeFlow = { padding: 0.16, maxZoom: 1 };

/** Cards are pleasant to read from here on. */
const pleasantZoom = 0.55;

/** The view that has all of the flow in it, or of what is to be `seen` where all of it would be too small to be read; before anything of it is drawn. */
export function firstView(
  { nodes, seen }: { nodes: readonly DrawnNode[]; seen: readonly DrawnNode[] },
  canvas: CardSize,
): Viewport | undefined {
  const whole = fittedView(nodes, canvas);
  if (whole === undefined || whole.zoom >= pleasantZoom || seen.length === 0) return whole;
  return fittedView(seen, canvas);
}

function fittedView(nodes: readonly DrawnNode[], canvas: CardSize): Viewport | undefined {
  const bounds = boundsOf(nodes.map(({ position, width = 0, height = 0 }) => ({ ...position, width, height })));
  if (bounds === null) return undefined;
  const { padding, maxZoom } = wholeFlow;
  return getViewportForBounds(bounds, canvas.width, canvas.height, zoomRange.least, maxZoom, padding);
}
