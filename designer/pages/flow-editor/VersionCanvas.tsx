import { SegmentedControl } from '@mantine/core';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Flow } from '../../../schemas/flow.ts';
import { findSheet, mainSheet, type Sheet } from '../../../schemas/sheet.ts';
import { useCardWords } from '../../actions/useCardWords.ts';
import { CanvasFrame } from '../../canvas/CanvasFrame.tsx';
import { CardWordsContext } from '../../canvas/CardWordsContext.ts';
import { sheetIds } from '../../compare/compared-graph.ts';
import { sheetWords } from '../../compare/sheet-words.ts';
import { flowToGraph } from '../../graph/flow-to-graph.ts';
import { placeMissing } from '../../graph/layout-flow.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import classes from './VersionCanvas.module.css';

/** A version on the canvas, one sheet at a time. A card that is chosen is shown in the inspector. */
export function VersionCanvas({ flow }: { flow: Flow }) {
  const store = useEditorStore();
  const sheet = useEditor((state) => state.sheet);
  const sheets = sheetIds(null, flow);
  const drawn = findSheet(flow, sheet) ?? flow;
  return (
    <div className={classes.root}>
      {sheets.length > 1 && (
        <SegmentedControl
          className={classes.sheets}
          size="xs"
          aria-label="Part of the flow"
          value={sheet ?? ''}
          onChange={(value) => store.getState().openSheet(value === '' ? mainSheet : value)}
          data={sheets.map((id) => ({ value: id ?? '', label: sheetWords(id, flow, flow, []) }))}
        />
      )}
      <ReactFlowProvider key={sheet ?? ''}>
        <ReadSheet label={`Flow ${flow.name}`} sheet={drawn} />
      </ReactFlowProvider>
    </div>
  );
}

function ReadSheet({ label, sheet }: { label: string; sheet: Sheet }) {
  const store = useEditorStore();
  const words = useCardWords();
  const selected = useEditor((state) => state.selection[0]);
  const focus = useEditor((state) => state.focus);
  const { fitView } = useReactFlow();
  const graph = useMemo(() => flowToGraph(placeMissing(sheet)), [sheet]);
  const nodes = useMemo(
    () => graph.nodes.map((node) => (node.id === selected ? { ...node, selected: true } : node)),
    [graph, selected],
  );
  useEffect(() => {
    if (focus === null) return;
    void fitView({ nodes: [{ id: focus.action }], minZoom: 0.5, maxZoom: 0.9, duration: 250, padding: 0.5 });
  }, [focus, fitView]);
  return (
    <CardWordsContext value={words}>
      <CanvasFrame
        label={label}
        nodes={nodes}
        edges={graph.edges}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        edgesReconnectable={false}
        zoomOnDoubleClick={false}
        hasMiniMap={false}
        onNodeClick={(_event, node) => store.getState().select([node.id])}
        onPaneClick={() => store.getState().select([])}
      />
    </CardWordsContext>
  );
}
