import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import type { CanvasView } from '../commands/canvas-view.ts';
import { wholeFlow } from './fitted-view.ts';
import { reveal } from './reveal.ts';

const moveMs = 250;
const toWhole = { ...wholeFlow, duration: moveMs };

/** A card that is added or expanded is on the canvas a few frames later. */
const maxFrames = 30;

/** What commands may do to the part of the flow that is on screen. */
export function useCanvasView(): CanvasView {
  const instance = useReactFlow();
  const canvas = useStoreApi();
  return useMemo(() => {
    const { fitView, zoomTo, zoomIn, zoomOut, screenToFlowPosition } = instance;
    const frame = () => canvas.getState().domNode;
    return {
      fitAll: () => void fitView(toWhole),
      fit: (actions) => void fitView({ ...toWhole, nodes: actions.map((id) => ({ id })) }),
      zoomTo: (zoom) => void zoomTo(zoom, { duration: moveMs }),
      zoomIn: () => void zoomIn({ duration: moveMs }),
      zoomOut: () => void zoomOut({ duration: moveMs }),
      focused: () => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? null,
      focus: (card) => {
        let frames = 0;
        const tryFocus = () => {
          const node = instance.getNode(card);
          const element = frame()?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(card)}"]`);
          if (frames === 0 && node !== undefined) reveal(node, instance as ReactFlowInstance, canvas.getState());
          element?.focus({ preventScroll: true });
          frames += 1;
          if (document.activeElement !== element && frames < maxFrames) requestAnimationFrame(tryFocus);
        };
        tryFocus();
      },
      centre: () => {
        const box = frame()?.getBoundingClientRect();
        return screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
        });
      },
    };
  }, [canvas, instance]);
}
