import { groupNodeId, noteNodeId } from '../graph/blocks.ts';
import { type Graph, keepList } from '../graph/flow-to-graph.ts';
import { connectionOf } from '../graph/graph-to-flow.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import type { OutcomeRef } from '../state/commands/disconnect-outcome.ts';

/** What the editor's state says about nodes and edges beyond the document. */
export interface Chosen {
  selection: readonly string[];
  connections: readonly OutcomeRef[];
  notes: readonly string[];
  /** The node that Tab comes to. */
  keyboard: string | null;
  entry: string;
}

/** The graph with what is selected marked; a node that is as it was is given back as it was. */
export function asDrawn({ nodes, edges }: Graph, chosen: Chosen): Graph {
  const actions = new Set(chosen.selection);
  const notes = new Set(chosen.notes.map(noteNodeId));
  const connections = new Set(chosen.connections.map(({ action, outcome }) => `${action}:${outcome}`));
  const tabStop = tabStopOf(nodes, chosen);
  return {
    nodes: keepList(
      nodes.map((node) => marked(node, isChosen(node, actions, notes), node.id === tabStop)),
      nodes,
    ),
    edges: keepList(
      edges.map((edge) => {
        const selected = connections.has(edge.id);
        // What can be selected is more than a picture, which a connection is where it can only be looked at.
        const isSame = (edge.selected ?? false) === selected && edge.ariaRole === 'group';
        return isSame ? edge : { ...edge, selected, ariaRole: 'group' };
      }),
      edges,
    ),
  };
}

/** Actions and notes that are marked on the canvas. Those selected before come first: "the first selected" then means what it says. */
export function chosenIn(
  nodes: readonly DrawnNode[],
  former: readonly string[],
): { actions: string[]; notes: string[] } {
  const actions = nodes.flatMap((node) => {
    if (node.selected !== true) return [];
    if (node.type === 'action') return [node.id];
    return node.type === 'group-card' ? node.data.members : [];
  });
  const chosen = new Set(actions);
  const before = new Set(former);
  return {
    actions: [...former.filter((id) => chosen.has(id)), ...actions.filter((id) => !before.has(id))],
    notes: nodes.flatMap((node) => (node.type === 'note' && node.selected === true ? [node.data.noteId] : [])),
  };
}

export function chosenOutcomes(edges: readonly OutcomeEdge[]): OutcomeRef[] {
  return edges
    .filter((edge) => edge.selected)
    .flatMap((edge) => {
      const connection = connectionOf(edge);
      return connection === null ? [] : [{ action: connection.action, outcome: connection.outcome }];
    });
}

function isChosen(node: DrawnNode, actions: ReadonlySet<string>, notes: ReadonlySet<string>): boolean {
  switch (node.type) {
    case 'action':
      return actions.has(node.id);
    case 'note':
      return notes.has(node.id);
    default:
      return node.data.members.length > 0 && node.data.members.every((id) => actions.has(id));
  }
}

function marked(node: DrawnNode, isSelected: boolean, isTabStop: boolean): DrawnNode {
  // React Flow raises what is selected above the rest; a frame must stay below its cards, so it is marked by its class alone.
  if (node.type === 'frame') {
    const className = isSelected ? 'is-chosen' : '';
    return node.className === className ? node : { ...node, className };
  }
  const tabIndex = isTabStop || node.type === 'note' ? 0 : -1;
  return (node.selected ?? false) === isSelected && node.domAttributes?.tabIndex === tabIndex
    ? node
    : { ...node, selected: isSelected, domAttributes: { tabIndex } };
}

/** One card takes part in the order of Tab: the one that was used last, else the first action. From there on arrows lead. */
function tabStopOf(nodes: readonly DrawnNode[], { keyboard, entry, selection }: Chosen): string | undefined {
  const cards = nodes.filter(({ type }) => type === 'action' || type === 'group-card');
  const wanted = [keyboard, selection[0], entry, groupNodeId(entry)];
  const found = wanted.find((id) => id !== null && cards.some((card) => card.id === id));
  return found ?? cards.find((card) => card.type === 'group-card' && card.data.isEntry)?.id ?? cards[0]?.id;
}
