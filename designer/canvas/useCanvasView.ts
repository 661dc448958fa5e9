import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import type { CanvasView } from '../commands/canvas-view.ts';

const wholeFlow = { padding: 0.16, maxZoom: 1, duration: 250 };

/** What commands may do to the part of the flow that is on screen. */
export function useCanvasView(): CanvasView {
  const { fitView, zoomTo, screenToFlowPosition } = useReactFlow();
  const canvas = useStoreApi();
  return useMemo(
    () => ({
      fitAll: () => void fitView(wholeFlow),
      fit: (actions) => void fitView({ ...wholeFlow, nodes: actions.map((id) => ({ id })) }),
      zoomTo: (zoom) => void zoomTo(zoom, { duration: 250 }),
      focused: () => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? null,
      centre: () => {
        const box = canvas.getState().domNode?.getBoundingClientRect();
        return screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
        });
      },
    }),
    [canvas, fitView, screenToFlowPosition, zoomTo],
  );
}
