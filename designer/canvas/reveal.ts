import type { Node, ReactFlowInstance, ReactFlowState } from '@xyflow/react';

/** Closer to the edge than this a card counts as hidden. */
const marginPx = 24;
/** Smaller than this a card cannot be read. */
const legibleZoom = 0.6;

/** Brings a card into view, and leaves the canvas as it is if the card can be seen and read. */
export function reveal(
  node: Node,
  { setCenter }: Pick<ReactFlowInstance, 'setCenter'>,
  { width, height, transform }: Pick<ReactFlowState, 'width' | 'height' | 'transform'>,
): void {
  const [left, top, zoom] = transform;
  const size = { width: node.width ?? 0, height: node.height ?? 0 };
  const x = node.position.x * zoom + left;
  const y = node.position.y * zoom + top;
  const isInView =
    zoom >= legibleZoom &&
    x >= marginPx &&
    y >= marginPx &&
    x + size.width * zoom <= width - marginPx &&
    y + size.height * zoom <= height - marginPx;
  if (isInView) return;
  const centre = { x: node.position.x + size.width / 2, y: node.position.y + size.height / 2 };
  void setCenter(centre.x, centre.y, { zoom: Math.max(zoom, legibleZoom), duration: 250 });
}
