import { graphlib, layout } from '@dagrejs/dagre';
import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Position } from '../../schemas/flow.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { cardSize } from './card-size.ts';

type Drawn = Pick<Sheet, 'entry' | 'actions'>;
type Places = ReadonlyMap<string, Position>;

interface Line {
  from: string;
  /** Where on the card's lower edge the outcome is, from 0 to 1. */
  at: number;
  outcome: string;
  to: string;
}

/** Crossings are counted pair by pair; beyond this many lines the count would take longer than it is worth. */
const maxCounted = 1_000;

/**
 * A place for every action: mail runs downwards, the entry is at the origin. The same flow always gives the same places.
 * Dagre's own order knows nothing of where on a card an outcome is, so that "yes" can end up right of "no"; the order of the
 * document keeps them, but can cross more elsewhere. Whichever crosses less is taken, the document's order if they are even.
 */
export function layoutFlow(flow: Drawn): Record<string, Position> {
  const lines = linesOf(flow);
  const plain = arrange(flow, lines, true);
  if (lines.length > maxCounted) return fromEntry(flow.entry, arrange(flow, lines, false));
  const optimised = arrange(flow, lines, false);
  const isPlainBetter = countCrossings(flow, plain, lines) <= countCrossings(flow, optimised, lines);
  return fromEntry(flow.entry, isPlainBetter ? plain : optimised);
}

/** The sheet with a place for every action: those that have one keep it. */
export function placeMissing<S extends Sheet>(sheet: S): S {
  const ids = Object.keys(sheet.actions);
  const isPlaced = (id: string) => sheet.layout !== undefined && Object.hasOwn(sheet.layout, id);
  if (ids.every(isPlaced)) return sheet;
  const computed = layoutFlow(sheet);
  return { ...sheet, layout: ids.some(isPlaced) ? { ...computed, ...sheet.layout } : computed };
}

function linesOf(flow: Drawn): Line[] {
  return Object.entries(flow.actions).flatMap(([from, action]) => {
    const outcomes = outcomesOf(action);
    return outcomes.flatMap((outcome, index): Line[] => {
      const to = action.next?.[outcome];
      const isDrawn = to !== undefined && Object.hasOwn(flow.actions, to);
      return isDrawn ? [{ from, at: (index + 0.5) / outcomes.length, outcome, to }] : [];
    });
  });
}

function arrange(flow: Drawn, lines: readonly Line[], keepsOrder: boolean): Places {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, ranksep: 64, rankalign: 'top' });
  for (const [id, action] of Object.entries(flow.actions)) graph.setNode(id, { ...cardSize(outcomesOf(action)) });
  for (const { from, outcome, to } of lines) graph.setEdge(from, to, {}, outcome);
  layout(graph, { disableOptimalOrderHeuristic: keepsOrder });
  return new Map(
    Object.keys(flow.actions).map((id) => {
      const { x, y, width, height } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
}

function countCrossings(flow: Drawn, places: Places, lines: readonly Line[]): number {
  const segments = lines.map(({ from, at, to }) => segmentOf(flow, places, from, at, to));
  let crossings = 0;
  for (const [index, one] of segments.entries()) {
    for (const other of segments.slice(index + 1)) if (cross(one, other)) crossings += 1;
  }
  return crossings;
}

interface Segment {
  from: Position;
  to: Position;
}

function segmentOf(flow: Drawn, places: Places, from: string, at: number, to: string): Segment {
  const sizeOf = (id: string) => {
    const action = flow.actions[id];
    return cardSize(action === undefined ? [] : outcomesOf(action));
  };
  const start = places.get(from) ?? { x: 0, y: 0 };
  const end = places.get(to) ?? { x: 0, y: 0 };
  const size = sizeOf(from);
  return {
    from: { x: start.x + size.width * at, y: start.y + size.height },
    to: { x: end.x + sizeOf(to).width / 2, y: end.y },
  };
}

/** Touching ends do not count: two ways into the same action are no crossing. */
function cross(a: Segment, b: Segment): boolean {
  const side = (s: Segment, p: Position) =>
    Math.sign((s.to.x - s.from.x) * (p.y - s.from.y) - (s.to.y - s.from.y) * (p.x - s.from.x));
  return side(a, b.from) * side(a, b.to) < 0 && side(b, a.from) * side(b, a.to) < 0;
}

function fromEntry(entry: string, places: Places): Record<string, Position> {
  const origin = places.get(entry) ?? { x: 0, y: 0 };
  return Object.fromEntries(
    [...places].map(([id, { x, y }]) => [id, { x: Math.round(x - origin.x), y: Math.round(y - origin.y) }]),
  );
}
