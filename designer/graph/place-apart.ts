interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As far as cards stand from each other at least. */
const gap = 12;
const step = 48;

/** The boxes moved right, each as far as it needs to cover neither what stands already nor one before it. */
export function placeApart<T extends Box>(boxes: readonly T[], standing: readonly Box[]): T[] {
  const taken = [...standing];
  return boxes.map((box) => {
    const placed = { ...box };
    while (taken.some((other) => overlap(placed, other))) placed.x += step;
    taken.push(placed);
    return placed;
  });
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  );
}
