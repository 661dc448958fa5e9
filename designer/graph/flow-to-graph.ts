import type { Action } from '../../schemas/actions/index.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { membersByGroup } from './groups.ts';
import { actionNode, type DrawnNode, frameNode, groupCardNode, isSameNode, noteNode } from './nodes.ts';
import { type OutcomeEdge, outcomeEdges } from './outcome-edges.ts';

export interface Graph {
  nodes: DrawnNode[];
  edges: OutcomeEdge[];
}

/**
 * A sheet of the flow as React Flow draws it. Nodes and edges of `before` are given back as they were where nothing about them changed,
 * so that an edit draws only what it concerns. A connection to an action that is missing cannot be drawn; the checks report it.
 */
export function flowToGraph(sheet: Sheet, before?: Graph): Graph {
  const former = new Map(before?.nodes.map((node) => [node.id, node]));
  const { hidden, nodes: groups } = groupNodes(sheet);
  const cards = Object.entries(sheet.actions).flatMap(([id, action]): DrawnNode[] =>
    hidden.has(id) ? [] : [cardOf(sheet, id, action, former.get(id))],
  );
  const notes = Object.entries(sheet.notes ?? {}).map(([id, note]) => noteNode(id, note));
  // Frames and notes come first: cards lie on them.
  const nodes = [...groups, ...notes, ...cards].map((node) => keep(node, former.get(node.id)));
  const edges = outcomeEdges(sheet, hidden, before?.edges ?? []);
  return { nodes: keepList(nodes, before?.nodes), edges: keepList(edges, before?.edges) };
}

/** The former list where the same stands in it: React Flow looks through all of a list that is new. */
export function keepList<T>(list: T[], former: T[] | undefined): T[] {
  const isSame = former?.length === list.length && former.every((each, index) => each === list[index]);
  return isSame ? former : list;
}

/** Most cards are as they were: nothing is made for them. */
function cardOf(sheet: Sheet, id: string, action: Action, former: DrawnNode | undefined): DrawnNode {
  const place = sheet.layout?.[id] ?? { x: 0, y: 0 };
  const isEntry = id === sheet.entry;
  const isSame =
    former?.type === 'action' &&
    former.data.action === action &&
    former.data.isEntry === isEntry &&
    former.position.x === place.x &&
    former.position.y === place.y;
  return isSame ? former : actionNode(id, action, place, isEntry);
}

/** The nodes of the groups, and which card stands for an action that is hidden in a collapsed one. */
function groupNodes(sheet: Sheet): { hidden: ReadonlyMap<string, string>; nodes: DrawnNode[] } {
  const hidden = new Map<string, string>();
  const nodes = [...membersByGroup(sheet)].flatMap(([id, members]): DrawnNode[] => {
    const group = sheet.groups?.[id];
    if (group === undefined) return [];
    if (group.collapsed !== true) return [frameNode(sheet, id, group, members)];
    const card = groupCardNode(sheet, id, group, members);
    for (const member of members) hidden.set(member, card.id);
    return [card];
  });
  return { hidden, nodes };
}

/** The former node where it says the same; else the new one with what React Flow knows of the former. */
function keep(node: DrawnNode, former: DrawnNode | undefined): DrawnNode {
  // A group that was expanded or collapsed is another kind of node under the same id.
  if (former === undefined || former === node || former.type !== node.type) return node;
  if (isSameNode(node, former)) return former;
  const isMeasured = former.measured !== undefined && former.width === node.width && former.height === node.height;
  return {
    ...node,
    ...(former.selected === undefined ? {} : { selected: former.selected }),
    ...(isMeasured ? { measured: former.measured } : {}),
  };
}
