import { type EdgeTypes, type NodeTypes, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Sheet } from '../../schemas/sheet.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { CanvasFrame } from '../canvas/CanvasFrame.tsx';
import { CardWordsContext } from '../canvas/CardWordsContext.ts';
import { IssueBadgesContext } from '../canvas/IssueBadgesContext.ts';
import { ComparedCard } from './ComparedCard.tsx';
import { ComparedConnection } from './ComparedConnection.tsx';
import { comparedGraph, type Mark } from './compared-graph.ts';

interface CompareCanvasProps {
  label: string;
  before: Sheet | undefined;
  after: Sheet | undefined;
  marks: ReadonlyMap<string, Mark>;
  /** The action that is looked at; each new `at` moves the canvas there, 0 leaves it where it is. */
  shown: { action: string; at: number } | null;
  onShow: (action: string | null) => void;
}

/** Two versions of a sheet in one drawing, to look at. */
export function CompareCanvas(props: CompareCanvasProps) {
  return (
    <ReactFlowProvider>
      <ComparedSheet {...props} />
    </ReactFlowProvider>
  );
}

/** Constants of the module: React Flow mounts everything anew when these objects change. */
const nodeTypes: NodeTypes = { action: ComparedCard };
const edgeTypes: EdgeTypes = { outcome: ComparedConnection };
const noIssues = new Map();

function ComparedSheet({ label, before, after, marks, shown, onShow }: CompareCanvasProps) {
  const words = useCardWords();
  const { fitView } = useReactFlow();
  const action = shown?.action ?? null;
  const graph = useMemo(() => comparedGraph({ before, after, marks, shown: action }), [before, after, marks, action]);

  const wish = shown?.at ?? 0;
  useEffect(() => {
    if (action === null || wish === 0) return;
    void fitView({ nodes: [{ id: action }], minZoom: 0.5, maxZoom: 0.9, duration: 250, padding: 0.5 });
  }, [action, wish, fitView]);

  return (
    <CardWordsContext value={words}>
      <IssueBadgesContext value={noIssues}>
        <CanvasFrame
          label={label}
          nodes={graph.nodes}
          edges={graph.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          edgesReconnectable={false}
          zoomOnDoubleClick={false}
          hasMiniMap={false}
          onNodeClick={(_event, node) => onShow(node.id)}
          onPaneClick={() => onShow(null)}
        />
      </IssueBadgesContext>
    </CardWordsContext>
  );
}
