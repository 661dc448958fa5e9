import '@xyflow/react/dist/style.css';
import {
  Background,
  BackgroundVariant,
  Controls,
  ReactFlow,
  type ReactFlowProps,
  useStoreApi,
  type Viewport,
} from '@xyflow/react';
import { type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { preferences } from '../commands/preferences.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { CanvasContext } from './CanvasContext.ts';
import classes from './CanvasFrame.module.css';
import { CanvasWatch } from './CanvasWatch.tsx';
import { canvasWords } from './canvas-words.ts';
import { firstView, readableZoom, wholeFlow, zoomRange } from './fitted-view.ts';
import { trustGivenSizes } from './given-sizes.ts';
import { edgeTypes, nodeTypes } from './node-types.ts';
import { OverviewMap } from './OverviewMap.tsx';
import { useColourMode } from './useColourMode.ts';

/** Beyond this many cards only those in view are drawn, and those that cannot be read are drawn as no more than a colour. */
const manyCards = 150;

interface CanvasFrameProps extends ReactFlowProps<DrawnNode, OutcomeEdge> {
  label: string;
  hasMiniMap?: boolean;
  /** What is brought into view at first where the whole would be too small to be read. */
  firstSeen?: readonly DrawnNode[];
  children?: ReactNode;
}

/** What the editor's canvas and the read-only ones have in common. */
export function CanvasFrame({
  label,
  hasMiniMap = true,
  firstSeen = [],
  children,
  onReconnect,
  ...props
}: CanvasFrameProps) {
  const store = useStoreApi();
  useState(() => trustGivenSizes(store));
  const colourMode = useColourMode();
  const isMapWanted = useStore(preferences, (state) => state.miniMap);
  const nodes = props.nodes ?? props.defaultNodes ?? [];
  const [labels, setLabels] = useState<HTMLElement | null>(null);
  const [isSmall, setIsSmall] = useState(false);
  const isMany = nodes.length > manyCards;
  const isFar = isSmall && isMany;
  const surroundings = useMemo(() => ({ labels, isFar }), [labels, isFar]);
  const [first] = useState({ nodes, seen: firstSeen });
  const canvas = useRef<HTMLDivElement>(null);
  const view = useRef<Viewport>({ x: 0, y: 0, zoom: 1 });
  // React Flow takes up nodes and view after this: drawn at once where they stay, they are drawn once.
  useLayoutEffect(() => {
    // An empty canvas stays where it is: its first card shall lie where it was dropped.
    if (canvas.current === null || first.nodes.length === 0) return;
    Object.assign(view.current, firstView(first, canvas.current.getBoundingClientRect()));
    setIsSmall(view.current.zoom < readableZoom);
  }, [first]);
  // While it is only moved, the drawing is a picture of its own; not while it is zoomed, which would blur it.
  const onMoveStart = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event !== null && event.type !== 'wheel') canvas.current?.setAttribute('data-panned', '');
  }, []);
  const onMoveEnd = useCallback(() => canvas.current?.removeAttribute('data-panned'), []);
  return (
    <CanvasContext value={surroundings}>
      <ReactFlow
        aria-label={label}
        className={classes.canvas ?? ''}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={colourMode}
        ariaLabelConfig={canvasWords}
        minZoom={zoomRange.least}
        maxZoom={zoomRange.most}
        ref={canvas}
        defaultViewport={view.current}
        // Far away the end of a line is not to be met, so there is nothing to take hold of.
        {...(isFar || onReconnect === undefined ? {} : { onReconnect })}
        onMoveStart={onMoveStart}
        onMoveEnd={onMoveEnd}
        deleteKeyCode={null}
        // A second click on the ground means nothing: it must not throw the view about.
        zoomOnDoubleClick={false}
        // Far away nearly all of them are in view: to look which ones are would take longer than it saves.
        onlyRenderVisibleElements={isMany && !isFar}
        {...props}
      >
        {/* So many and so small, the dots would be a grey that takes longer to draw than the flow. */}
        {!isSmall && <Background variant={BackgroundVariant.Dots} gap={22} size={1.4} />}
        <Controls showInteractive={false} position="bottom-left" fitViewOptions={wholeFlow} />
        {hasMiniMap && isMapWanted && nodes.length > 4 && <OverviewMap />}
        <CanvasWatch onLabels={setLabels} onZoom={setIsSmall} />
        {children}
      </ReactFlow>
    </CanvasContext>
  );
}
