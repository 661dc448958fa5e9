import type { Edge, Node } from '@xyflow/react';
import { type Action, outcomesOf } from '../../schemas/actions/index.ts';
import type { ActionChange } from '../../schemas/compare/compare-flows.ts';
import { mainSheet, type Sheet, type SheetId } from '../../schemas/sheet.ts';
import { cardSize } from '../graph/card-size.ts';
import { flowToGraph } from '../graph/flow-to-graph.ts';
import { placeMissing } from '../graph/layout-flow.ts';
import type { ActionNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { placeApart } from '../graph/place-apart.ts';

/** `open`: both sides of a merge changed it and somebody has to choose. */
export type Mark = 'added' | 'removed' | 'changed' | 'open';

interface ComparedData extends Record<string, unknown> {
  action: Action;
  isEntry: boolean;
  mark: Mark | null;
  isShown: boolean;
  /** Others are marked, this one is not: it steps back. */
  isDimmed: boolean;
}

export type ComparedNode = Node<ComparedData, 'action'>;
export type ComparedEdge = Edge<NonNullable<OutcomeEdge['data']> & { mark: 'added' | 'removed' | null }, 'outcome'>;

interface Comparison {
  /** Undefined where the sheet is not there. */
  before: Sheet | undefined;
  after: Sheet | undefined;
  /** Of this sheet's actions. */
  marks: ReadonlyMap<string, Mark>;
  /** The action that somebody looks at. */
  shown: string | null;
}

/** The later sheet with what it no longer has between, so that both can be seen in one drawing. */
export function comparedGraph({ before, after, marks, shown }: Comparison): {
  nodes: ComparedNode[];
  edges: ComparedEdge[];
} {
  const former = cardsOf(before);
  const present = cardsOf(after);
  const gone = former.nodes.filter(({ id }) => after?.actions[id] === undefined);
  const nodes = [...present.nodes, ...besides(gone, present.nodes)].map((node) => {
    const mark = marks.get(node.id) ?? null;
    return {
      ...node,
      ariaLabel: mark === null ? node.data.action.name : `${node.data.action.name}, ${wordsOfMark[mark]}`,
      data: { ...node.data, mark, isShown: node.id === shown, isDimmed: mark === null && marks.size > 0 },
    };
  });
  const isSameEdge = (edge: OutcomeEdge, other: OutcomeEdge) => edge.id === other.id && edge.target === other.target;
  const added = (edge: OutcomeEdge) => before !== undefined && !former.edges.some((other) => isSameEdge(edge, other));
  const removed = former.edges.filter(
    (edge) => !present.edges.some((other) => isSameEdge(edge, other)) && hasOutcome(after?.actions[edge.source], edge),
  );
  const edges = [
    ...present.edges.map((edge) => marked(edge, added(edge) ? 'added' : null)),
    ...removed.map((edge) => ({ ...marked(edge, 'removed'), id: `was:${edge.id}` })),
  ];
  return { nodes, edges };
}

export const wordsOfMark: Readonly<Record<Mark, string>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  open: 'to be chosen',
};

/** What became of each action of one sheet. */
export function marksOf(changes: readonly ActionChange[], sheet: SheetId): Map<string, Mark> {
  return new Map(changes.filter(({ task }) => task === sheet).map(({ id, kind }) => [id, kind]));
}

/** Every action as a card of its own: what a collapsed group hides may be the very change, and notes change nothing. */
function cardsOf(sheet: Sheet | undefined): { nodes: ActionNode[]; edges: OutcomeEdge[] } {
  const { entry, actions, layout } = placeMissing(sheet ?? { entry: '', actions: {} });
  const { nodes, edges } = flowToGraph({ entry, actions, ...(layout === undefined ? {} : { layout }) });
  return { nodes: nodes.filter((node) => node.type === 'action'), edges };
}

/** What is gone stands where it stood, or beside what stands there now. */
function besides(gone: readonly ActionNode[], present: readonly ActionNode[]): ActionNode[] {
  const places = placeApart(gone.map(boxOf), present.map(boxOf));
  return gone.map((node, index) => {
    const { x, y } = places[index] ?? node.position;
    return { ...node, position: { x, y }, data: { ...node.data, isEntry: false } };
  });
}

function boxOf({ position, data }: ActionNode) {
  return { ...position, ...cardSize(outcomesOf(data.action)) };
}

/** A line can only begin at an outcome that is drawn: on the card as it is now, or on the card that is gone. */
function hasOutcome(action: Action | undefined, { data }: OutcomeEdge): boolean {
  return action === undefined || outcomesOf(action).includes(data?.outcome ?? '');
}

function marked(edge: OutcomeEdge, mark: 'added' | 'removed' | null): ComparedEdge {
  const data = edge.data ?? { action: '', outcome: '', target: '', from: '', to: '', isNamed: false };
  const words = mark === null ? '' : mark === 'added' ? ', new' : ', no longer';
  return { ...edge, data: { ...data, mark }, reconnectable: false, ariaLabel: `${edge.ariaLabel ?? ''}${words}` };
}

/** Sheets of either document, in the order of the later one. */
export function sheetIds(
  before: { tasks?: object | undefined } | null,
  after: { tasks?: object | undefined },
): SheetId[] {
  return [mainSheet, ...new Set([...Object.keys(after.tasks ?? {}), ...Object.keys(before?.tasks ?? {})])];
}
