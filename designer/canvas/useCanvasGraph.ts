import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Sheet } from '../../schemas/sheet.ts';
import { type ActionNode, flowToGraph, type Graph, type OutcomeEdge } from '../graph/flow-to-graph.ts';
import { connectionOf, positionsOf } from '../graph/graph-to-flow.ts';
import { moveActions } from '../state/commands/move-actions.ts';
import { useEditor, useEditorStore, useSheet } from '../state/useEditor.ts';

/**
 * The nodes and edges of the editor. The document is the truth for what is there, the store for what is selected; here lives
 * only what React Flow needs in between, such as the place of a card while it is dragged.
 */
export function useCanvasGraph() {
  const store = useEditorStore();
  const sheet = useSheet(itself);
  const selection = useEditor((state) => state.selection);
  const selectedConnections = useEditor((state) => state.selectedConnections);
  const [graph, setGraph] = useState<Graph>(() => flowToGraph(sheet));
  const isDragged = useRef(false);

  useEffect(() => {
    const actions = new Set(selection);
    const connections = new Set(selectedConnections.map(({ action, outcome }) => `${action}:${outcome}`));
    setGraph((before) => {
      const { nodes, edges } = flowToGraph(sheet, before);
      return { nodes: withSelected(nodes, actions), edges: withSelected(edges, connections) };
    });
  }, [sheet, selection, selectedConnections]);

  const select = useCallback(
    ({ nodes, edges }: Graph) => {
      const former = store.getState().selection;
      const chosen = nodes.filter((node) => node.selected).map((node) => node.id);
      // Those selected before come first: "the last selected" then means what it says.
      const actions = [...former.filter((id) => chosen.includes(id)), ...chosen.filter((id) => !former.includes(id))];
      store.getState().select(
        actions,
        edges.filter((edge) => edge.selected).flatMap((edge) => connectionOf(edge) ?? []),
      );
    },
    [store],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<ActionNode>[]) => {
      const kept = changes.filter((change) => change.type !== 'remove');
      setGraph((before) => ({ ...before, nodes: applyNodeChanges(kept, before.nodes) }));
      if (kept.some((change) => change.type === 'select')) {
        select({ nodes: applyNodeChanges(kept, graph.nodes), edges: graph.edges });
      }
      const moves = kept.filter((change) => change.type === 'position');
      if (moves.some((move) => move.dragging === true)) isDragged.current = true;
      const settled = moves.flatMap(({ id, position, dragging }) =>
        dragging !== true && position !== undefined ? [{ id, position }] : [],
      );
      if (settled.length === 0) return;
      // Without a drag it was an arrow key, which repeats.
      store.getState().run(moveActions(positionsOf(settled), isDragged.current ? undefined : 'move'));
      isDragged.current = false;
    },
    [graph, select, store],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<OutcomeEdge>[]) => {
      const kept = changes.filter((change) => change.type !== 'remove');
      if (kept.length === 0) return;
      const edges = applyEdgeChanges(kept, graph.edges);
      setGraph((before) => ({ ...before, edges: applyEdgeChanges(kept, before.edges) }));
      if (kept.some((change) => change.type === 'select')) {
        const { selection: actions } = store.getState();
        store.getState().select(
          actions,
          edges.filter((edge) => edge.selected).flatMap((edge) => connectionOf(edge) ?? []),
        );
      }
    },
    [graph, store],
  );

  return { ...graph, onNodesChange, onEdgesChange };
}

const itself = (sheet: Sheet) => sheet;

function withSelected<T extends { id: string; selected?: boolean }>(items: T[], selected: ReadonlySet<string>): T[] {
  return items.map((item) =>
    (item.selected ?? false) === selected.has(item.id) ? item : { ...item, selected: selected.has(item.id) },
  );
}
