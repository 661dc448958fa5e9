import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { type DrawnPlace, findSheet, isSamePlace, mainSheet, placeOfStep } from '../../schemas/sheet.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { useFlowVersion } from '../api/flows.ts';
import { flowToGraph } from '../graph/flow-to-graph.ts';
import { placeMissing } from '../graph/layout-flow.ts';
import { CanvasFrame } from './CanvasFrame.tsx';
import { CardWordsContext } from './CardWordsContext.ts';
import { RunContext, runPath } from './RunContext.ts';
import { RunTabs } from './RunTabs.tsx';
import classes from './RunView.module.css';

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

/** A flow to look at: the version that ran with the way that a mail took, on a tab for each sheet. A step in a module opens the module. */
export function RunView(props: RunViewProps) {
  return (
    <ReactFlowProvider>
      <RunCanvas {...props} />
    </ReactFlowProvider>
  );
}

function RunCanvas({ flow: outer, run, step = null, mark = null, onStep, onSelect }: RunViewProps) {
  const { fitView } = useReactFlow();
  // Whoever steps is followed; a tab chosen by hand stays until the next step.
  const [chosen, setChosen] = useState<{ place: DrawnPlace; at: number | null } | null>(null);
  const looked = run === null || step === null ? undefined : run.steps[step];
  const home: DrawnPlace = { flow: outer.id, version: run?.version ?? null, sheet: mainSheet };
  const followed = looked === undefined || run === null ? null : placeOfStep(looked, run);
  const place = (chosen?.at === step ? chosen.place : null) ?? followed ?? home;
  const isInModule = place.flow !== outer.id;
  const module = useFlowVersion(isInModule ? place.flow : null, isInModule ? place.version : null).data?.document;
  const flow = isInModule ? module : outer;
  const words = useCardWords(flow?.tasks);
  const sheet = flow === undefined ? undefined : (findSheet(flow, place.sheet) ?? flow);
  const graph = useMemo(() => (sheet === undefined ? null : flowToGraph(placeMissing(sheet))), [sheet]);
  const { flow: placeFlow, version: placeVersion, sheet: placeSheet } = place;
  const path = useMemo(
    () =>
      run === null
        ? null
        : runPath(run, { flow: placeFlow, version: placeVersion, sheet: placeSheet }, { current: step, mark }),
    [run, step, mark, placeFlow, placeVersion, placeSheet],
  );
  const current = path?.current ?? null;

  useEffect(() => {
    if (current !== null && graph !== null)
      void fitView({ nodes: [{ id: current }], minZoom: 0.5, maxZoom: 0.9, duration: 250, padding: 0.4 });
  }, [current, fitView, graph]);

  const choose = (action: string) => {
    onSelect?.(action);
    const index = run?.steps.findIndex((each) => each.action === action && isSamePlace(placeOfStep(each, run), place));
    if (index !== undefined && index >= 0) onStep?.(index);
  };
  return (
    <div className={classes.root}>
      <RunTabs flow={outer} run={run} place={place} onChoose={(next) => setChosen({ place: next, at: step })} />
      <div className={classes.surface}>
        <CardWordsContext value={words}>
          <RunContext value={path}>
            {graph !== null && (
              <CanvasFrame
                label={run === null ? `Flow ${outer.name}` : `The way of the mail through ${flow?.name ?? outer.name}`}
                defaultNodes={graph.nodes}
                defaultEdges={graph.edges}
                firstSeen={graph.nodes.filter(({ id }) => path?.steps.has(id))}
                // Another sheet is another drawing.
                key={`${placeFlow} ${placeVersion} ${placeSheet}`}
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
            )}
          </RunContext>
        </CardWordsContext>
      </div>
    </div>
  );
}
