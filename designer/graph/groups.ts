import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { cardSize } from './card-size.ts';
import { boundsOf, centreOf, type Rect } from './rect.ts';

/** An outcome of an action in a group that leads out of it. */
export interface Exit {
  action: string;
  outcome: string;
  /** What the collapsed group calls it. */
  label: string;
}

/** Action id → id of the group that it is in. Files may name actions that are not there, or name one twice: the first group has it. */
export function groupByAction(sheet: Pick<Sheet, 'actions' | 'groups'>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [id, group] of Object.entries(sheet.groups ?? {})) {
    for (const action of group.actions) {
      if (!found.has(action) && Object.hasOwn(sheet.actions, action)) found.set(action, id);
    }
  }
  return found;
}

/** Group id → ids of its actions; a group of which none is left has no entry. */
export function membersByGroup(sheet: Pick<Sheet, 'actions' | 'groups'>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...Map.groupBy(groupByAction(sheet), ([, group]) => group)].map(([group, members]) => [
      group,
      members.map(([action]) => action),
    ]),
  );
}

/** The ways out of some actions, in the order in which they are drawn. */
export function exitsOf(sheet: Sheet, members: readonly string[]): Exit[] {
  const inside = new Set(members);
  return members.flatMap((id): Exit[] => {
    const action = sheet.actions[id];
    if (action === undefined) return [];
    const outcomes = outcomesOf(action);
    return outcomes.flatMap((outcome): Exit[] => {
      const target = action.next?.[outcome];
      const leaves = target !== undefined && !inside.has(target) && Object.hasOwn(sheet.actions, target);
      return leaves ? [{ action: id, outcome, label: outcomes.length > 1 ? outcome : action.name }] : [];
    });
  });
}

/** The actions of a group by which a mail comes in: those that are led to from outside, and the first of the sheet. */
export function entrancesOf(sheet: Sheet, members: readonly string[]): string[] {
  const inside = new Set(members);
  const ledTo = new Set<string>();
  for (const [id, action] of Object.entries(sheet.actions)) {
    if (inside.has(id)) continue;
    for (const target of Object.values(action.next ?? {})) ledTo.add(target);
  }
  return members.filter((id) => ledTo.has(id) || id === sheet.entry);
}

/** The card of an action, where it is drawn. */
export function cardRect(sheet: Sheet, id: string): Rect {
  const action = sheet.actions[id];
  const { x, y } = sheet.layout?.[id] ?? { x: 0, y: 0 };
  return { x, y, ...cardSize(action === undefined ? [] : outcomesOf(action)) };
}

/** What keeps the frame of a group away from its cards; its name stands above them. */
const framePadding = { side: 20, top: 44, bottom: 20 };

export function frameAround(rects: readonly Rect[]): Rect {
  const { x, y, width, height } = boundsOf(rects) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { side, top, bottom } = framePadding;
  return { x: x - side, y: y - top, width: width + 2 * side, height: height + top + bottom };
}

/** Where a collapsed group is drawn: at the top of the ground that its actions take up, in the middle. */
export function collapsedRect(sheet: Sheet, members: readonly string[]): Rect {
  const ground = boundsOf(members.map((id) => cardRect(sheet, id))) ?? { x: 0, y: 0, width: 0, height: 0 };
  const size = cardSize(exitsOf(sheet, members).map(({ label }) => label));
  return { x: Math.round(centreOf(ground).x - size.width / 2), y: ground.y, ...size };
}
