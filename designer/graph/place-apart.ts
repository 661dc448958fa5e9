import { areApart, type Rect } from './rect.ts';

/** As far as cards stand from each other at least. */
const gap = 12;
const step = 48;

/** The boxes moved right, each as far as it needs to cover neither what stands already nor one before it. */
export function placeApart<T extends Rect>(boxes: readonly T[], standing: readonly Rect[]): T[] {
  const taken = [...standing];
  return boxes.map((box) => {
    const placed = { ...box };
    while (taken.some((other) => overlap(placed, other))) placed.x += step;
    taken.push(placed);
    return placed;
  });
}

function overlap(a: Rect, b: Rect): boolean {
  const grown = { x: a.x - gap, y: a.y - gap, width: a.width + 2 * gap, height: a.height + 2 * gap };
  return !areApart(grown, b);
}
