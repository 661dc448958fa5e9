import '@xyflow/react/dist/style.css';
import { Background, BackgroundVariant, Controls, MiniMap, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { cards } from '../actions/index.ts';
import { preferences } from '../commands/preferences.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { CanvasContext } from './CanvasContext.ts';
import classes from './CanvasFrame.module.css';
import { CanvasWatch } from './CanvasWatch.tsx';
import { canvasWords } from './canvas-words.ts';
import { edgeTypes, nodeTypes } from './node-types.ts';
import { useColourMode } from './useColourMode.ts';

/** Beyond this many cards only those in view are drawn. */
const manyCards = 150;

const fitViewOptions = { padding: 0.16, maxZoom: 1 };

interface CanvasFrameProps extends ReactFlowProps<DrawnNode, OutcomeEdge> {
  label: string;
  hasMiniMap?: boolean;
  children?: ReactNode;
}

/** What the editor's canvas and the read-only one have in common. */
export function CanvasFrame({ label, hasMiniMap = true, children, ...props }: CanvasFrameProps) {
  const colourMode = useColourMode();
  const isMapWanted = useStore(preferences, (state) => state.miniMap);
  // React Flow would fit an empty canvas when its first card comes, and so move the card from where it was dropped.
  const [isDrawn] = useState((props.nodes ?? props.defaultNodes ?? []).length > 0);
  const count = (props.nodes ?? props.defaultNodes ?? []).length;
  const [labels, setLabels] = useState<HTMLElement | null>(null);
  const [isSmall, setIsSmall] = useState(false);
  const isFar = isSmall && count > manyCards;
  const surroundings = useMemo(() => ({ labels, isFar }), [labels, isFar]);
  return (
    <CanvasContext value={surroundings}>
      <ReactFlow
        aria-label={label}
        className={classes.canvas ?? ''}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={colourMode}
        ariaLabelConfig={canvasWords}
        minZoom={0.08}
        maxZoom={1.75}
        fitView={isDrawn}
        fitViewOptions={fitViewOptions}
        deleteKeyCode={null}
        onlyRenderVisibleElements={count > manyCards}
        {...props}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1.4} />
        <Controls showInteractive={false} position="bottom-left" fitViewOptions={fitViewOptions} />
        {hasMiniMap && isMapWanted && (props.nodes?.length ?? 0) > 4 && (
          <MiniMap<DrawnNode>
            pannable
            zoomable
            position="bottom-right"
            className={classes.map ?? ''}
            nodeColor={mapColour}
            nodeBorderRadius={14}
          />
        )}
        <CanvasWatch onLabels={setLabels} onZoom={setIsSmall} />
        {children}
      </ReactFlow>
    </CanvasContext>
  );
}

function mapColour(node: DrawnNode): string {
  switch (node.type) {
    case 'action':
      return `var(--mantine-color-${cards[node.data.action.type].colour}-filled)`;
    case 'group-card':
      return 'var(--mantine-color-gray-filled)';
    case 'note':
      return `var(--mantine-color-${node.data.note.colour === 'grey' ? 'gray' : node.data.note.colour}-light)`;
    default:
      return 'var(--sluice-hover)';
  }
}
