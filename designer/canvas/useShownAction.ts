import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useEditor } from '../state/useEditor.ts';

/** Closer to the edge than this a card counts as hidden. */
const marginPx = 24;
/** Smaller than this a card cannot be read. */
const readableZoom = 0.6;

/** Brings an action into view when somebody asks to see it: a problem was clicked, a step of a run is looked at. */
export function useShownAction(): void {
  const shown = useEditor((state) => state.focus);
  const { getNode, setCenter } = useReactFlow();
  const canvas = useStoreApi();
  const id = shown?.action;
  const at = shown?.at;
  useEffect(() => {
    if (id === undefined || at === undefined) return;
    // The card may have been added by the same edit, and is on the canvas only in the next frame.
    const frame = requestAnimationFrame(() => {
      const node = getNode(id);
      if (node === undefined) return;
      const { width, height, transform } = canvas.getState();
      const [left, top, zoom] = transform;
      const size = { width: node.width ?? 0, height: node.height ?? 0 };
      const x = node.position.x * zoom + left;
      const y = node.position.y * zoom + top;
      const isInView =
        zoom >= readableZoom &&
        x >= marginPx &&
        y >= marginPx &&
        x + size.width * zoom <= width - marginPx &&
        y + size.height * zoom <= height - marginPx;
      if (isInView) return;
      const centre = { x: node.position.x + size.width / 2, y: node.position.y + size.height / 2 };
      void setCenter(centre.x, centre.y, { zoom: Math.max(zoom, readableZoom), duration: 250 });
    });
    return () => cancelAnimationFrame(frame);
  }, [id, at, canvas, getNode, setCenter]);
}
