import '@xyflow/react/dist/style.css';
import { Background, BackgroundVariant, Controls, MiniMap, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import { type ReactNode, useState } from 'react';
import { cards } from '../actions/index.ts';
import type { ActionNode, OutcomeEdge } from '../graph/flow-to-graph.ts';
import classes from './CanvasFrame.module.css';
import { canvasWords } from './canvas-words.ts';
import { edgeTypes, nodeTypes } from './node-types.ts';
import { useColourMode } from './useColourMode.ts';

/** Beyond this many cards only those in view are drawn. */
const manyCards = 150;

const fitViewOptions = { padding: 0.16, maxZoom: 1 };

interface CanvasFrameProps extends ReactFlowProps<ActionNode, OutcomeEdge> {
  label: string;
  hasMiniMap?: boolean;
  children?: ReactNode;
}

/** What the editor's canvas and the read-only one have in common. */
export function CanvasFrame({ label, hasMiniMap = true, children, ...props }: CanvasFrameProps) {
  const colourMode = useColourMode();
  // React Flow would fit an empty canvas when its first card comes, and so move the card from where it was dropped.
  const [isDrawn] = useState((props.nodes ?? props.defaultNodes ?? []).length > 0);
  return (
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
      onlyRenderVisibleElements={(props.nodes?.length ?? 0) > manyCards}
      {...props}
    >
      <Background variant={BackgroundVariant.Dots} gap={22} size={1.4} />
      <Controls showInteractive={false} position="bottom-left" fitViewOptions={fitViewOptions} />
      {hasMiniMap && (props.nodes?.length ?? 0) > 4 && (
        <MiniMap<ActionNode>
          pannable
          zoomable
          position="bottom-right"
          className={classes.map ?? ''}
          nodeColor={(node) => `var(--mantine-color-${cards[node.data.action.type].colour}-filled)`}
          nodeBorderRadius={14}
        />
      )}
      {children}
    </ReactFlow>
  );
}
