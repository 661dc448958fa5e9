import type { Edge } from '@xyflow/react';
import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Sheet } from '../../schemas/sheet.ts';

/** `action` and `target` are what the document says; source and target of the edge may be the cards of collapsed groups. */
type OutcomeData = {
  action: string;
  outcome: string;
  target: string;
  from: string;
  to: string;
  isNamed: boolean;
};

export type OutcomeEdge = Edge<OutcomeData, 'outcome'>;

/** The connections of a sheet; those within a collapsed group are not drawn, those across its border start or end at its card. */
export function outcomeEdges(
  sheet: Sheet,
  hidden: ReadonlyMap<string, string>,
  before: readonly OutcomeEdge[],
): OutcomeEdge[] {
  const former = new Map(before.map((edge) => [edge.id, edge]));
  const edges: OutcomeEdge[] = [];
  for (const [id, action] of Object.entries(sheet.actions)) {
    const outcomes = outcomesOf(action);
    for (const [outcome, target] of Object.entries(action.next ?? {})) {
      const to = sheet.actions[target];
      if (to === undefined || !outcomes.includes(outcome)) continue;
      const group = hidden.get(id);
      if (group !== undefined && group === hidden.get(target)) continue;
      const data = { action: id, outcome, target, from: action.name, to: to.name, isNamed: outcomes.length > 1 };
      const edge = toEdge(data, group, hidden.get(target) ?? target);
      edges.push(keep(edge, former.get(edge.id)));
    }
  }
  return edges;
}

function toEdge(data: OutcomeData, group: string | undefined, target: string): OutcomeEdge {
  const { action, outcome } = data;
  // Outcome names hold no colon, so the id is unique.
  const id = `${action}:${outcome}`;
  return {
    id,
    type: 'outcome',
    source: group ?? action,
    sourceHandle: group === undefined ? outcome : id,
    target,
    reconnectable: 'target',
    data,
    ariaLabel: `${data.from}, ${outcome}: leads to ${data.to}`,
  };
}

function keep(edge: OutcomeEdge, former: OutcomeEdge | undefined): OutcomeEdge {
  if (former === undefined) return edge;
  const isSame =
    former.source === edge.source &&
    former.target === edge.target &&
    former.ariaLabel === edge.ariaLabel &&
    former.data?.target === edge.data?.target &&
    former.data?.isNamed === edge.data?.isNamed;
  if (isSame) return former;
  return former.selected === undefined ? edge : { ...edge, selected: former.selected };
}
