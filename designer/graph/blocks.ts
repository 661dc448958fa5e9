import type { Position } from '../../schemas/drawing.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { cardRect, collapsedRect, membersByGroup } from './groups.ts';
import type { Rect } from './rect.ts';

/** What moves as one: a card, or all cards of a collapsed group. */
export interface Block {
  /** Id of the action, or of the collapsed group with `group:` before it. */
  id: string;
  actions: readonly string[];
  rect: Rect;
}

/** Action ids hold no colon, so that ids of groups and notes on the canvas are told apart by what stands before it. */
export function groupNodeId(group: string): string {
  return `group:${group}`;
}

export function noteNodeId(note: string): string {
  return `note:${note}`;
}

/** The group that a node stands for; null if it stands for something else. */
export function groupOfNode(node: string): string | null {
  return node.startsWith('group:') ? node.slice('group:'.length) : null;
}

/** The sticky note that a node stands for; null if it stands for something else. */
export function noteOfNode(node: string): string | null {
  return node.startsWith('note:') ? node.slice('note:'.length) : null;
}

/** Everything on the sheet that moves as one, in the order of the document. */
export function blocksOf(sheet: Sheet): Block[] {
  const hidden = new Set<string>();
  const collapsed: Block[] = [];
  for (const [id, members] of membersByGroup(sheet)) {
    if (sheet.groups?.[id]?.collapsed !== true) continue;
    for (const member of members) hidden.add(member);
    collapsed.push({ id: groupNodeId(id), actions: members, rect: collapsedRect(sheet, members) });
  }
  const cards = Object.keys(sheet.actions)
    .filter((id) => !hidden.has(id))
    .map((id): Block => ({ id, actions: [id], rect: cardRect(sheet, id) }));
  return [...cards, ...collapsed];
}

/** The blocks that hold any of these actions. */
export function blocksWith(sheet: Sheet, actions: readonly string[]): Block[] {
  const wanted = new Set(actions);
  return blocksOf(sheet).filter((block) => block.actions.some((id) => wanted.has(id)));
}

/** New places for the actions of blocks that go to other places: those of one block keep their places to each other. */
export function placesOf(
  sheet: Sheet,
  moved: Iterable<readonly [block: Block, to: Position]>,
): Record<string, Position> {
  const places: Record<string, Position> = {};
  for (const [{ actions, rect }, to] of moved) {
    const by = { x: to.x - rect.x, y: to.y - rect.y };
    for (const id of actions) {
      const { x, y } = sheet.layout?.[id] ?? { x: 0, y: 0 };
      places[id] = { x: Math.round(x + by.x), y: Math.round(y + by.y) };
    }
  }
  return places;
}
