import { type ReactFlowState, useStore } from '@xyflow/react';
import { useLayoutEffect } from 'react';
import { readableZoom } from './fitted-view.ts';

interface CanvasWatchProps {
  onLabels: (labels: HTMLElement | null) => void;
  onZoom: (isSmall: boolean) => void;
}

const isSmallOf = ({ transform }: ReactFlowState) => transform[2] < readableZoom;
const canvasOf = ({ domNode }: ReactFlowState) => domNode;

/** Looks after one canvas for all its cards and connections: React Flow's own label renderer searches the page anew for each of them, at every change. */
export function CanvasWatch({ onLabels, onZoom }: CanvasWatchProps) {
  const canvas = useStore(canvasOf);
  const isSmall = useStore(isSmallOf);
  useLayoutEffect(
    () => onLabels(canvas?.querySelector<HTMLElement>('.react-flow__edgelabel-renderer') ?? null),
    [canvas, onLabels],
  );
  useLayoutEffect(() => {
    // Before the canvas stands its zoom is not yet what it begins with.
    if (canvas !== null) onZoom(isSmall);
  }, [canvas, isSmall, onZoom]);
  return null;
}
