import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createStore } from 'zustand';
import type { Sheet } from '../../schemas/sheet.ts';
import { preferences } from '../commands/preferences.ts';
import { flowToGraph, type Graph } from '../graph/flow-to-graph.ts';
import { movesOf } from '../graph/graph-to-flow.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { moveDrawn } from '../state/commands/move-drawn.ts';
import { openedSheet } from '../state/editor-store.ts';
import { useEditor, useEditorStore, useSheet } from '../state/useEditor.ts';
import type { GuideStore } from './AlignmentGuides.tsx';
import { draggedAndOthers, withFramedCards, withFramesFitted } from './drag-changes.ts';
import { asDrawn, type Chosen, chosenIn, chosenOutcomes } from './drawn-selection.ts';
import { snap } from './snapping.ts';

/** Nearer than this on the screen a dragged card comes into line. */
const reachPx = 6;
const gridPx = 11;
/** Between two letters of somebody who types fast. */
const restMs = 80;

/**
 * The nodes and edges of the editor. The document is the truth for what is there, the store for what is selected; here lives
 * only what React Flow needs in between, such as the place of a card while it is dragged.
 */
export function useCanvasGraph() {
  const store = useEditorStore();
  const canvas = useStoreApi();
  const sheet = useSheet(itself);
  const selection = useEditor((state) => state.selection);
  const connections = useEditor((state) => state.selectedConnections);
  const notes = useEditor((state) => state.selectedNotes);
  const keyboard = useEditor((state) => state.keyboard);
  const [guides] = useState((): GuideStore => createStore(() => ({ guides: [] })));
  const [graph, setGraph] = useState<Graph>(() =>
    asDrawn(flowToGraph(sheet), { selection, connections, notes, keyboard, entry: sheet.entry }),
  );
  // Changes come faster than drawings: each starts from what the last one led to.
  const latest = useRef(graph);
  const show = useCallback((next: Graph) => {
    if (next.nodes === latest.current.nodes && next.edges === latest.current.edges) return;
    latest.current = next;
    setGraph(next);
  }, []);

  const drawn = useRef(sheet);
  useEffect(() => {
    const chosen: Chosen = { selection, connections, notes, keyboard, entry: sheet.entry };
    const draw = () => {
      drawn.current = sheet;
      show(asDrawn(flowToGraph(sheet, latest.current), chosen));
    };
    // What is typed in the inspector is seen there at once, and here as soon as the fingers rest, however many cards there are.
    if (!isSaidOnly(drawn.current, sheet)) return draw();
    const timer = setTimeout(draw, restMs);
    return () => clearTimeout(timer);
  }, [sheet, selection, connections, notes, keyboard, show]);

  const select = useCallback(() => {
    const { selection: former } = store.getState();
    const { actions, notes: chosenNotes } = chosenIn(latest.current.nodes, former);
    store.getState().select(actions, chosenOutcomes(latest.current.edges), chosenNotes);
  }, [store]);

  /** The changes of a drag, moved into line with other cards. */
  const inLine = useCallback(
    (changes: NodeChange<DrawnNode>[]): NodeChange<DrawnNode>[] => {
      const moves = changes.filter((change) => change.type === 'position');
      if (moves.length === 0) return changes;
      const { guides: hasGuides, grid } = preferences.getState();
      const { dragged, others } = draggedAndOthers(moves, latest.current.nodes);
      if (dragged === null) return changes;
      const reach = reachPx / canvas.getState().transform[2];
      const { dx, dy, guides: found } = snap(dragged, others, { reach, hasGuides, grid: grid ? gridPx : null });
      guides.setState({ guides: moves.some(({ dragging }) => dragging === true) ? found : [] });
      return changes.map((change) =>
        change.type === 'position' && change.position !== undefined
          ? { ...change, position: { x: change.position.x + dx, y: change.position.y + dy } }
          : change,
      );
    },
    [canvas, guides],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<DrawnNode>[]) => {
      const { nodes, edges } = latest.current;
      const kept = inLine(
        withFramedCards(
          changes.filter((change) => change.type !== 'remove'),
          nodes,
        ),
      );
      const moves = kept.filter((change) => change.type === 'position');
      const changed = applyNodeChanges(kept, nodes);
      show({ edges, nodes: withFramesFitted(changed, new Set(moves.map(({ id }) => id))) });
      if (kept.some((change) => change.type === 'select')) select();
      const settled = moves.flatMap(({ id, position, dragging }) =>
        dragging !== true && position !== undefined && !isFrame(nodes, id) ? [{ id, position }] : [],
      );
      if (settled.length > 0) store.getState().run(moveDrawn(movesOf(openedSheet(store.getState()), settled)));
    },
    [inLine, select, show, store],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<OutcomeEdge>[]) => {
      const kept = changes.filter((change) => change.type !== 'remove');
      if (kept.length === 0) return;
      show({ ...latest.current, edges: applyEdgeChanges(kept, latest.current.edges) });
      if (kept.some((change) => change.type === 'select')) select();
    },
    [select, show],
  );

  return { nodes: graph.nodes, edges: graph.edges, onNodesChange, onEdgesChange, guides };
}

const itself = (sheet: Sheet) => sheet;

/** Whether only what actions say and do has changed, and neither which there are nor where. */
function isSaidOnly(before: Sheet, after: Sheet): boolean {
  return (
    before.actions !== after.actions &&
    before.layout === after.layout &&
    before.groups === after.groups &&
    before.notes === after.notes &&
    Object.keys(before.actions).length === Object.keys(after.actions).length
  );
}

function isFrame(nodes: readonly DrawnNode[], id: string): boolean {
  return nodes.some((node) => node.id === id && node.type === 'frame');
}
