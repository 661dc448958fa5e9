import { graphlib, layout } from '@dagrejs/dagre';
import { groupNodeId } from './blocks.ts';
import { countCrossings } from './crossings.ts';
import type { Places, Plan } from './plan.ts';

/** Crossings are counted pair by pair; beyond this many lines the count would take longer than it is worth. */
const maxCounted = 1_000;

/**
 * A place for every block, each below those that lead to it.
 * Dagre's own order knows nothing of where on a card an outcome is, so that "yes" can end up right of "no"; the order of the
 * document keeps them, but can cross more elsewhere. Whichever crosses less is taken, the document's order if they are even.
 */
export function arrange(plan: Plan): Places {
  if (plan.lines.length > maxCounted) return inOrder(plan, false);
  const plain = inOrder(plan, true);
  const optimised = inOrder(plan, false);
  return countCrossings(plan, plain) <= countCrossings(plan, optimised) ? plain : optimised;
}

function inOrder({ blocks, lines, frames }: Plan, keepsOrder: boolean): Places {
  const graph = new graphlib.Graph({ multigraph: true, compound: frames.size > 0 });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, ranksep: 64, rankalign: 'top' });
  for (const { id, rect } of blocks.values()) graph.setNode(id, { width: rect.width, height: rect.height });
  for (const [action, group] of frames) {
    graph.setNode(groupNodeId(group), {});
    graph.setParent(action, groupNodeId(group));
  }
  for (const { from, key, to } of lines) graph.setEdge(from, to, {}, key);
  layout(graph, { disableOptimalOrderHeuristic: keepsOrder });
  return new Map(
    [...blocks.keys()].map((id) => {
      const { x, y, width, height } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
}
