import { type Edge, type Node, type NodeHandle, Position as Side } from '@xyflow/react';
import { type Action, outcomesOf } from '../../schemas/actions/index.ts';
import type { Position } from '../../schemas/flow.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { cardSize } from './card-size.ts';

export type ActionNode = Node<{ action: Action; isEntry: boolean }, 'action'>;
export type OutcomeEdge = Edge<{ outcome: string; from: string; to: string; isNamed: boolean }, 'outcome'>;

export interface Graph {
  nodes: ActionNode[];
  edges: OutcomeEdge[];
}

/**
 * A sheet as React Flow draws it. Nodes and edges of `before` are given back as they were where nothing about them changed,
 * so that an edit draws only what it concerns. A connection to an action that is missing cannot be drawn; the checks report it.
 */
export function flowToGraph(sheet: Sheet, before?: Graph): Graph {
  const formerNodes = new Map(before?.nodes.map((node) => [node.id, node]));
  const formerEdges = new Map(before?.edges.map((edge) => [edge.id, edge]));
  const nodes: ActionNode[] = [];
  const edges: OutcomeEdge[] = [];
  for (const [id, action] of Object.entries(sheet.actions)) {
    nodes.push(toNode(id, action, sheet.layout?.[id] ?? { x: 0, y: 0 }, id === sheet.entry, formerNodes.get(id)));
    const outcomes = outcomesOf(action);
    for (const [outcome, target] of Object.entries(action.next ?? {})) {
      const to = sheet.actions[target];
      if (to === undefined || !outcomes.includes(outcome)) continue;
      const data = { outcome, from: action.name, to: to.name, isNamed: outcomes.length > 1 };
      edges.push(toEdge(id, target, data, formerEdges.get(edgeId(id, outcome))));
    }
  }
  return { nodes, edges };
}

/** Outcome names hold no colon, so the id is unique. */
function edgeId(action: string, outcome: string): string {
  return `${action}:${outcome}`;
}

function toNode(id: string, action: Action, position: Position, isEntry: boolean, former?: ActionNode): ActionNode {
  const size = cardSize(outcomesOf(action));
  const isSame =
    former !== undefined &&
    former.data.action === action &&
    former.data.isEntry === isEntry &&
    former.position.x === position.x &&
    former.position.y === position.y;
  if (isSame) return former;
  const isMeasured = former?.measured !== undefined && former.width === size.width && former.height === size.height;
  return {
    ...(former?.selected === undefined ? {} : { selected: former.selected }),
    ...(isMeasured ? { measured: former.measured } : {}),
    id,
    type: 'action',
    position,
    ...size,
    handles: handlesOf(outcomesOf(action), size),
    data: { action, isEntry },
    ariaLabel: isEntry ? `${action.name}, first action` : action.name,
  };
}

/** Given rather than measured, so that connections are right in the very first frame and after every change of outcomes. */
function handlesOf(outcomes: readonly string[], { width, height }: { width: number; height: number }): NodeHandle[] {
  const size = { width: 1, height: 1 };
  return [
    { type: 'target', position: Side.Top, x: width / 2, y: 0, ...size },
    ...outcomes.map(
      (id, index): NodeHandle => ({
        id,
        type: 'source',
        position: Side.Bottom,
        x: (width * (index + 0.5)) / outcomes.length,
        y: height,
        ...size,
      }),
    ),
  ];
}

function toEdge(
  source: string,
  target: string,
  data: OutcomeEdge['data'] & object,
  former: OutcomeEdge | undefined,
): OutcomeEdge {
  const isSame =
    former !== undefined &&
    former.target === target &&
    former.data?.from === data.from &&
    former.data.to === data.to &&
    former.data.isNamed === data.isNamed;
  if (isSame) return former;
  return {
    ...(former?.selected === undefined ? {} : { selected: former.selected }),
    id: edgeId(source, data.outcome),
    type: 'outcome',
    source,
    sourceHandle: data.outcome,
    target,
    reconnectable: 'target',
    data,
    ariaLabel: `${data.from}, ${data.outcome}: leads to ${data.to}`,
  };
}
