import { isSame } from './same.ts';

type Side = 'base' | 'mine' | 'theirs';
type Orders = Readonly<Record<Side, readonly string[]>>;

/**
 * Why the order of the merged parts does not follow from the three orders; null if it does. Where order decides, as among the cases
 * of a switch, it must not depend on which side is called mine.
 */
export function orderConflict(orders: Orders, kept: ReadonlySet<string>): 'both-reordered' | 'both-inserted' | null {
  const { base, mine, theirs } = orders;
  const isUndecided = isReordered(base, mine) === isReordered(base, theirs);
  if (isUndecided && isReordered(mine, theirs)) return 'both-reordered';
  const anchors = anchorsOf(orders, mine, kept);
  const [ours, others] = [behindAnchors(mine, anchors, kept), behindAnchors(theirs, anchors, kept)];
  return [...ours.keys()].some((anchor) => others.has(anchor)) ? 'both-inserted' : null;
}

/**
 * The order of the merged parts: what both sides have as the leading side has it, each other part behind what it stood behind. The
 * side that alone changed the order leads, unless a person chose another.
 */
export function mergeOrder(orders: Orders, kept: ReadonlySet<string>, chosen: Side | null = null): string[] {
  const { base, mine, theirs } = orders;
  const leading = chosen === null ? (isReordered(base, mine) ? mine : theirs) : orders[chosen];
  const anchors = anchorsOf(orders, leading, kept);
  const sides = (chosen === 'mine' ? [mine, theirs] : [theirs, mine]).map((side) => behindAnchors(side, anchors, kept));
  const behind = (anchor: string | null) => sides.flatMap((side) => side.get(anchor) ?? []);
  return [...new Set([...behind(null), ...anchors.flatMap((anchor) => [anchor, ...behind(anchor)])])];
}

function anchorsOf({ mine, theirs }: Orders, leading: readonly string[], kept: ReadonlySet<string>): string[] {
  return common(common(leading, mine), theirs).filter((key) => kept.has(key));
}

/** What a side has besides the anchors, by the anchor that it stands behind; null before the first. */
function behindAnchors(
  side: readonly string[],
  anchors: readonly string[],
  kept: ReadonlySet<string>,
): Map<string | null, string[]> {
  const fixed = new Set(anchors);
  const behind = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of side) {
    if (fixed.has(key)) anchor = key;
    else if (kept.has(key)) behind.set(anchor, [...(behind.get(anchor) ?? []), key]);
  }
  return behind;
}

function isReordered(one: readonly string[], other: readonly string[]): boolean {
  return !isSame(common(one, other), common(other, one));
}

/** Those of `one` that `other` has too. */
function common(one: readonly string[], other: readonly string[]): string[] {
  const there = new Set(other);
  return one.filter((key) => there.has(key));
}
