import { graphlib, layout } from '@dagrejs/dagre';
import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Position } from '../../schemas/drawing.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { type Block, blocksOf, groupNodeId, placesOf } from './blocks.ts';
import { exitsOf, groupByAction } from './groups.ts';

type Places = ReadonlyMap<string, Position>;

/** What is arranged: blocks by id, the lines between them, and which of them stand in the frame of a group. */
interface Plan {
  blocks: ReadonlyMap<string, Block>;
  lines: readonly Line[];
  frames: ReadonlyMap<string, string>;
}

interface Line {
  from: string;
  /** Where on the lower edge of its block the outcome is, from 0 to 1. */
  at: number;
  key: string;
  to: string;
}

/** Crossings are counted pair by pair; beyond this many lines the count would take longer than it is worth. */
const maxCounted = 1_000;

/**
 * A place for every action: mail runs downwards, the entry is at the origin. The same sheet always gives the same places. Actions
 * of a group stay together, and those of a collapsed one keep their places to each other.
 * Dagre's own order knows nothing of where on a card an outcome is, so that "yes" can end up right of "no"; the order of the
 * document keeps them, but can cross more elsewhere. Whichever crosses less is taken, the document's order if they are even.
 */
export function layoutFlow(sheet: Sheet): Record<string, Position> {
  const plan = planOf(sheet);
  const places = bestPlaces(plan);
  const entry = [...plan.blocks.values()].find(({ actions }) => actions.includes(sheet.entry));
  const origin = places.get(entry?.id ?? '') ?? { x: 0, y: 0 };
  const moved = [...plan.blocks.values()].map((block) => {
    const { x, y } = places.get(block.id) ?? { x: 0, y: 0 };
    return [block, { x: x - origin.x, y: y - origin.y }] as const;
  });
  return placesOf(sheet, moved);
}

/** The sheet with a place for every action: those that have one keep it. */
export function placeMissing<S extends Sheet>(sheet: S): S {
  const ids = Object.keys(sheet.actions);
  const isPlaced = (id: string) => sheet.layout !== undefined && Object.hasOwn(sheet.layout, id);
  if (ids.every(isPlaced)) return sheet;
  // Until they have places, the actions of a collapsed group have no shape to keep.
  const groups = Object.entries(sheet.groups ?? {}).map(([id, group]) => [id, { ...group, collapsed: false }] as const);
  const computed = layoutFlow({ ...sheet, groups: Object.fromEntries(groups) });
  return { ...sheet, layout: ids.some(isPlaced) ? { ...computed, ...sheet.layout } : computed };
}

function bestPlaces(plan: Plan): Places {
  if (plan.lines.length > maxCounted) return arrange(plan, false);
  const plain = arrange(plan, true);
  const optimised = arrange(plan, false);
  return countCrossings(plan, plain) <= countCrossings(plan, optimised) ? plain : optimised;
}

function planOf(sheet: Sheet): Plan {
  const blocks = new Map(blocksOf(sheet).map((block) => [block.id, block]));
  const blockOf = new Map([...blocks.values()].flatMap(({ id, actions }) => actions.map((action) => [action, id])));
  const lines = [...blocks.values()].flatMap((block): Line[] => {
    const ways = waysOut(sheet, block);
    return ways.flatMap(({ action, outcome }, index): Line[] => {
      const target = sheet.actions[action]?.next?.[outcome];
      const to = target === undefined ? undefined : blockOf.get(target);
      if (to === undefined) return [];
      return [{ from: block.id, at: (index + 0.5) / ways.length, key: `${action}:${outcome}`, to }];
    });
  });
  const frames = [...groupByAction(sheet)].filter(([action]) => blocks.has(action));
  return { blocks, lines, frames: new Map(frames) };
}

function waysOut(sheet: Sheet, { id, actions }: Block): { action: string; outcome: string }[] {
  const action = sheet.actions[id];
  return action === undefined
    ? exitsOf(sheet, actions)
    : outcomesOf(action).map((outcome) => ({ action: id, outcome }));
}

function arrange({ blocks, lines, frames }: Plan, keepsOrder: boolean): Places {
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

function countCrossings({ blocks, lines }: Plan, places: Places): number {
  const segments = lines.map((line) => segmentOf(blocks, places, line));
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

function segmentOf(blocks: Plan['blocks'], places: Places, { from, at, to }: Line): Segment {
  const sizeOf = (id: string) => blocks.get(id)?.rect ?? { width: 0, height: 0 };
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
