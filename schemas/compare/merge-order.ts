import { isSame } from './same.ts';

interface Orders {
  base: readonly string[];
  mine: readonly string[];
  theirs: readonly string[];
}

/** True if both sides put what was there before into another order, and not into the same. */
export function areBothReordered({ base, mine, theirs }: Orders): boolean {
  return isReordered(base, mine) && isReordered(base, theirs) && !isSame(common(mine, theirs), common(theirs, mine));
}

/** The order of the merged parts: of the side that changed it, with what the other side added after what it stood behind there. */
export function mergeOrder({ base, mine, theirs }: Orders, kept: ReadonlySet<string>): string[] {
  const [skeleton, other] = isReordered(base, mine) ? [mine, theirs] : [theirs, mine];
  const order = skeleton.filter((key) => kept.has(key));
  for (const [index, key] of other.entries()) {
    if (!kept.has(key) || order.includes(key)) continue;
    const before = other.slice(0, index).findLast((candidate) => order.includes(candidate));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  }
  return [...order, ...[...kept].filter((key) => !order.includes(key))];
}

function isReordered(base: readonly string[], side: readonly string[]): boolean {
  return !isSame(common(base, side), common(side, base));
}

/** Those of `one` that `other` has too. */
function common(one: readonly string[], other: readonly string[]): string[] {
  const there = new Set(other);
  return one.filter((key) => there.has(key));
}
