import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { CardSize } from '../graph/card-size.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import { boundsOf } from '../graph/rect.ts';

/** Closer than this the words on a card can be made out; further away its name is less than four pixels high. */
export const readableZoom = 0.3;
export const zoomRange = { least: 0.08, most: 1.75 };
/** How the whole of a flow is brought into view. */
export const wholeFlow = { padding: 0.16, maxZoom: 1 };

/** The view that has all of the flow in it, before anything of it is drawn. */
export function fittedView(nodes: readonly DrawnNode[], canvas: CardSize): Viewport | undefined {
  const bounds = boundsOf(nodes.map(({ position, width = 0, height = 0 }) => ({ ...position, width, height })));
  if (bounds === null) return undefined;
  const { padding, maxZoom } = wholeFlow;
  return getViewportForBounds(bounds, canvas.width, canvas.height, zoomRange.least, maxZoom, padding);
}
