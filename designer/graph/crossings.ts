import type { Position } from '../../schemas/drawing.ts';
import type { Places, Plan } from './plan.ts';

/** How often lines cross when blocks stand at these places; every pair of lines is looked at. */
export function countCrossings({ blocks, lines }: Plan, places: Places): number {
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

function segmentOf(blocks: Plan['blocks'], places: Places, { from, at, to }: Plan['lines'][number]): Segment {
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
