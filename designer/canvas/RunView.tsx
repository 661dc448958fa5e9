import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { flowToGraph } from '../graph/flow-to-graph.ts';
import { placeMissing } from '../graph/layout-flow.ts';
import { CanvasFrame } from './CanvasFrame.tsx';
import { CardWordsContext } from './CardWordsContext.ts';
import { RunContext, runPath } from './RunContext.ts';

interface RunViewProps {
  flow: Flow;
  /** Its path is lit up; without one the flow is only shown. */
  run: Run | null;
  /** Index of the step that is looked at. */
  step?: number | null;
  /** Index of the step at which it parts from another run. */
  mark?: number | null;
  onStep?: (index: number | null) => void;
  onSelect?: (action: string | null) => void;
}

/** A flow to look at: the version that ran with the way that a mail took. */
export function RunView(props: RunViewProps) {
  return (
    <ReactFlowProvider>
      <RunCanvas {...props} />
    </ReactFlowProvider>
  );
}

function RunCanvas({ flow, run, step = null, mark = null, onStep, onSelect }: RunViewProps) {
  const words = useCardWords();
  const { fitView } = useReactFlow();
  const graph = useMemo(() => flowToGraph(placeMissing(flow)), [flow]);
  const path = useMemo(() => (run === null ? null : runPath(run, step, mark)), [run, step, mark]);
  const current = path?.current ?? null;

  useEffect(() => {
    if (current !== null)
      void fitView({ nodes: [{ id: current }], minZoom: 0.5, maxZoom: 0.9, duration: 250, padding: 0.4 });
  }, [current, fitView]);

  const choose = (action: string) => {
    onSelect?.(action);
    const index = run?.steps.findIndex((each) => each.action === action) ?? -1;
    if (index >= 0) onStep?.(index);
  };
  return (
    <CardWordsContext value={words}>
      <RunContext value={path}>
        <CanvasFrame
          label={run === null ? `Flow ${flow.name}` : `The way of the mail through ${flow.name}`}
          defaultNodes={graph.nodes}
          defaultEdges={graph.edges}
          key={flow.id}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          edgesReconnectable={false}
          zoomOnDoubleClick={false}
          hasMiniMap={false}
          onNodeClick={(_event, node) => choose(node.id)}
          onPaneClick={() => {
            onStep?.(null);
            onSelect?.(null);
          }}
        />
      </RunContext>
    </CardWordsContext>
  );
}
