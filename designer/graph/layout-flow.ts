import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Position } from '../../schemas/drawing.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { arrangeGroups } from './arrange-groups.ts';
import { type Block, blocksOf, placesOf } from './blocks.ts';
import { exitsOf, groupByAction } from './groups.ts';
import type { Line, Plan } from './plan.ts';

/**
 * A place for every action: mail runs downwards, the entry is at the origin. The same sheet always gives the same places. Actions
 * of a group stay together with no other within their frame, and those of a collapsed one keep their places to each other.
 */
export function layoutFlow(sheet: Sheet): Record<string, Position> {
  const plan = planOf(sheet);
  const places = arrangeGroups(plan);
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
