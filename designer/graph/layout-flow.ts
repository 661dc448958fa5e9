import { graphlib, layout } from '@dagrejs/dagre';
import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Flow, Position } from '../../schemas/flow.ts';
import { cardSize } from './card-size.ts';

/** A place for every action: mail runs downwards, the entry is at the origin. The same flow always gives the same places. */
export function layoutFlow(flow: Pick<Flow, 'entry' | 'actions'>): Record<string, Position> {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, ranksep: 64, marginx: 0, marginy: 0 });
  const ids = Object.keys(flow.actions);
  for (const id of ids) {
    const action = flow.actions[id];
    if (action !== undefined) graph.setNode(id, { ...cardSize(outcomesOf(action)) });
  }
  for (const id of ids) {
    const action = flow.actions[id];
    if (action === undefined) continue;
    // In the order of the outcomes, so that the first one ends up on the left.
    for (const outcome of outcomesOf(action)) {
      const target = action.next?.[outcome];
      if (target !== undefined && Object.hasOwn(flow.actions, target)) graph.setEdge(id, target, {}, outcome);
    }
  }
  layout(graph);
  return fromEntry(flow.entry, new Map(ids.map((id) => [id, topLeft(graph.node(id))])));
}

/** The flow with a place for every action: those that have one keep it. */
export function placeMissing(flow: Flow): Flow {
  const ids = Object.keys(flow.actions);
  const isPlaced = (id: string) => flow.layout !== undefined && Object.hasOwn(flow.layout, id);
  if (ids.every(isPlaced)) return flow;
  const computed = layoutFlow(flow);
  return { ...flow, layout: ids.some(isPlaced) ? { ...computed, ...flow.layout } : computed };
}

function topLeft(node: { x: number; y: number; width: number; height: number }): Position {
  return { x: node.x - node.width / 2, y: node.y - node.height / 2 };
}

function fromEntry(entry: string, places: ReadonlyMap<string, Position>): Record<string, Position> {
  const origin = places.get(entry) ?? { x: 0, y: 0 };
  return Object.fromEntries(
    [...places].map(([id, { x, y }]) => [id, { x: Math.round(x - origin.x), y: Math.round(y - origin.y) }]),
  );
}
