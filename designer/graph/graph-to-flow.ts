import type { Position } from '../../schemas/drawing.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { groupOfNode, noteOfNode } from './blocks.ts';
import { cardRect, collapsedRect, entrancesOf, frameAround, membersByGroup } from './groups.ts';

interface PlacedNode {
  id: string;
  position: Position;
}

interface Link {
  source: string;
  sourceHandle?: string | null | undefined;
  target: string;
}

interface Moves {
  actions: Record<string, Position>;
  notes: Record<string, Position>;
}

/** What nodes that were dragged mean in the document: a group takes its actions along. Whole pixels: a fraction would only make noise in a diff. */
export function movesOf(sheet: Sheet, nodes: readonly PlacedNode[]): Moves {
  const moves: Moves = { actions: {}, notes: {} };
  const members = membersByGroup(sheet);
  for (const { id, position } of nodes) {
    const group = groupOfNode(id);
    const note = noteOfNode(id);
    if (note !== null) moves.notes[note] = rounded(position);
    else if (group === null) moves.actions[id] = rounded(position);
    else Object.assign(moves.actions, movedGroup(sheet, group, members.get(group) ?? [], position));
  }
  return moves;
}

function movedGroup(
  sheet: Sheet,
  group: string,
  members: readonly string[],
  position: Position,
): Record<string, Position> {
  const from =
    sheet.groups?.[group]?.collapsed === true
      ? collapsedRect(sheet, members)
      : frameAround(members.map((id) => cardRect(sheet, id)));
  return Object.fromEntries(
    members.map((id) => {
      const { x, y } = sheet.layout?.[id] ?? { x: 0, y: 0 };
      return [id, rounded({ x: x + position.x - from.x, y: y + position.y - from.y })];
    }),
  );
}

function rounded({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}

/** What a drawn or dragged edge means in the document; null while it does not start at an outcome. */
export function connectionOf({
  source,
  sourceHandle,
  target,
}: Link): { action: string; outcome: string; target: string } | null {
  if (typeof sourceHandle !== 'string' || sourceHandle === '') return null;
  // A collapsed group names its ways out "action:outcome"; outcomes hold no colon.
  const at = sourceHandle.lastIndexOf(':');
  return at === -1
    ? { action: source, outcome: sourceHandle, target }
    : { action: sourceHandle.slice(0, at), outcome: sourceHandle.slice(at + 1), target };
}

/** The action that a connection to a node leads to; for a collapsed group the one by which a mail comes in, if it is clear which. */
export function targetOf(sheet: Sheet, node: string): { target: string } | { reason: string } {
  const group = groupOfNode(node);
  if (group === null) return { target: node };
  const members = membersByGroup(sheet).get(group) ?? [];
  const entrances = entrancesOf(sheet, members);
  const [only] = entrances.length > 0 ? entrances : members;
  if (only === undefined) return { reason: 'The group is no longer there.' };
  return entrances.length > 1
    ? { reason: 'Several ways lead into this group: expand it and draw to one of its actions.' }
    : { target: only };
}
