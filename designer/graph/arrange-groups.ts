import { arrange } from './arrange.ts';
import { type Block, groupNodeId } from './blocks.ts';
import { frameAround } from './groups.ts';
import type { Line, Places, Plan } from './plan.ts';
import { areApart, type Rect } from './rect.ts';

/**
 * A place for every block, with nothing in the frame of a group that does not belong to it. Dagre keeps the cards of a group near each
 * other and gives the shorter lines, but it can leave a stranger among them: then every group is arranged by itself first, and stands
 * as one block among the others.
 */
export function arrangeGroups(plan: Plan): Places {
  const places = arrange(plan);
  return framesAreApart(plan, places) ? places : arrangeApart(plan);
}

function framesAreApart(plan: Plan, places: Places): boolean {
  const frames = [...membersOf(plan).values()].map((members) => frameOf(members, places));
  const loose = [...plan.blocks.values()]
    .filter(({ id }) => !plan.frames.has(id))
    .map((block) => placed(block, places));
  return frames.every(
    (frame, index) =>
      loose.every((rect) => areApart(frame, rect)) && frames.slice(index + 1).every((other) => areApart(frame, other)),
  );
}

function arrangeApart(plan: Plan): Places {
  const groups = new Map([...membersOf(plan)].map(([group, members]) => [group, arrangeInside(plan, group, members)]));
  const groupOf = (block: string) => groups.get(plan.frames.get(block) ?? '');
  const places = arrange(planOfWholes(plan, groupOf));

  return new Map(
    [...plan.blocks.keys()].map((id) => {
      const group = groupOf(id);
      const at = places.get(group?.id ?? id) ?? { x: 0, y: 0 };
      if (group === undefined) return [id, at];
      const inside = group.places.get(id) ?? { x: 0, y: 0 };
      return [id, { x: at.x + inside.x - group.frame.x, y: at.y + inside.y - group.frame.y }];
    }),
  );
}

/** A group whose members stand as they will to each other. */
interface Arranged {
  /** Of the group's node. */
  id: string;
  places: Places;
  frame: Rect;
}

function arrangeInside(plan: Plan, group: string, members: readonly Block[]): Arranged {
  const blocks = new Map(members.map((block) => [block.id, block]));
  const lines = plan.lines.filter(({ from, to }) => blocks.has(from) && blocks.has(to));
  const places = arrange({ blocks, lines, frames: new Map() });
  return { id: groupNodeId(group), places, frame: frameOf(members, places) };
}

/**
 * The same with every group as one block, and the lines that begin or end in it at its frame. The order is kept, with a group in place of its
 * first card: where lines go round in a ring, dagre puts what comes first on top.
 */
function planOfWholes(plan: Plan, groupOf: (block: string) => Arranged | undefined): Plan {
  const blocks = [...plan.blocks.values()].map((block): Block => {
    const group = groupOf(block.id);
    return group === undefined ? block : { id: group.id, actions: [], rect: group.frame };
  });
  const lines = plan.lines.flatMap((line): Line[] => {
    const [from, to] = [groupOf(line.from), groupOf(line.to)];
    if (from !== undefined && from === to) return [];
    const card = plan.blocks.get(line.from);
    const at = from && card ? along(from.frame, placed(card, from.places), line.at) : line.at;
    return [{ ...line, at, from: from?.id ?? line.from, to: to?.id ?? line.to }];
  });
  return { blocks: new Map(blocks.map((block) => [block.id, block])), lines, frames: new Map() };
}

/** Blocks by the group in whose frame they stand. */
function membersOf({ blocks, frames }: Plan): Map<string, Block[]> {
  const members = new Map<string, Block[]>();
  for (const [id, group] of frames) {
    const block = blocks.get(id);
    if (block !== undefined) members.set(group, [...(members.get(group) ?? []), block]);
  }
  return members;
}

function frameOf(members: readonly Block[], places: Places): Rect {
  return frameAround(members.map((block) => placed(block, places)));
}

function placed({ id, rect }: Block, places: Places): Rect {
  return { ...rect, ...places.get(id) };
}

/** Where on the frame's lower edge, from 0 to 1, a line comes out that begins there on the lower edge of a card in it. */
function along(frame: Rect, card: Rect, at: number): number {
  return (card.x + card.width * at - frame.x) / frame.width;
}
