import { toPointer } from '../json-pointer.ts';
import { mergeOrder, orderConflict } from './merge-order.ts';
import { isRecord, type Plan, type Shape, shapeOf } from './plan.ts';
import { isSame } from './same.ts';

/** Three versions of one part; undefined where a version does not have it. */
export interface Versions {
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export type Side = 'base' | 'mine' | 'theirs';

/** A part that both sides changed, each in another way: a person has to choose. */
export interface Conflict extends Versions {
  /** JSON pointer, by which a choice is told. */
  at: string;
  path: readonly string[];
  why: 'both-changed' | 'both-added' | 'removed-and-changed' | 'removed-and-used' | 'both-reordered' | 'both-inserted';
  /** What was chosen; null while nobody did, and the document then holds mine. */
  chosen: Side | null;
}

export interface MergeRules {
  /** Conflict's pointer → what was chosen. */
  choices: ReadonlyMap<string, Side>;
  /** Pointers of parts that are only merged as a whole. */
  asWhole: ReadonlySet<string>;
  /** True if the side leads to this action from somewhere that the base does not. */
  isNewlyUsed(side: 'mine' | 'theirs', path: readonly string[]): boolean;
}

/** One version of the part out of three, and what could not be decided. */
export function mergeParts(
  plan: Plan,
  versions: Versions,
  rules: MergeRules,
): { merged: unknown; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const merged = merge(plan, versions, [], { ...rules, conflicts });
  return { merged, conflicts };
}

interface Context extends MergeRules {
  conflicts: Conflict[];
}

function merge(plan: Plan, versions: Versions, path: readonly string[], context: Context): unknown {
  const { base, mine, theirs } = versions;
  if (isSame(mine, theirs)) return mine;
  if (isSame(base, mine)) {
    const isMissed = theirs === undefined && plan.is === 'action' && context.isNewlyUsed('mine', path);
    return isMissed ? choose('removed-and-used', versions, path, context) : theirs;
  }
  if (isSame(base, theirs)) {
    const isMissed = mine === undefined && plan.is === 'action' && context.isNewlyUsed('theirs', path);
    return isMissed ? choose('removed-and-used', versions, path, context) : mine;
  }
  const shape = shapeOf(plan, [base, mine, theirs]);
  if (shape.is === 'drawing') return mergeDrawing(versions);
  if (shape.is !== 'parts' || context.asWhole.has(toPointer(...path))) {
    return choose(reasonOf(versions), versions, path, context);
  }
  if (shape.comesAndGoes && (mine === undefined || theirs === undefined)) {
    return choose('removed-and-changed', versions, path, context);
  }
  return mergeEach(shape, versions, path, context);
}

function mergeEach(
  shape: Shape & { is: 'parts' },
  versions: Versions,
  path: readonly string[],
  context: Context,
): unknown {
  const base = shape.parts(versions.base);
  const mine = shape.parts(versions.mine);
  const theirs = shape.parts(versions.theirs);
  const merged = new Map<string, unknown>();
  for (const key of new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])) {
    const part = { base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) };
    const value = merge(shape.planOf(key), part, [...path, key], context);
    if (value !== undefined) merged.set(key, value);
  }
  const orders = { base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] };
  const kept = new Set(merged.keys());
  const order = mergeOrder(orders, kept, shape.isOrdered ? chosenOrder(orders, kept, path, context) : null);
  if (shape.itemKey !== null) return order.map((key) => merged.get(key));
  // Empty containers come and go with what they hold; one that a side has is kept.
  if (order.length === 0 && versions.mine === undefined) return undefined;
  // fromEntries defines own properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(order.map((key) => [key, merged.get(key)]));
}

/** Which side's order leads where it does not follow from the three; null where it does. */
function chosenOrder(
  orders: Record<Side, string[]>,
  kept: ReadonlySet<string>,
  path: readonly string[],
  context: Context,
): Side | null {
  const why = orderConflict(orders, kept);
  if (why === null) return null;
  const led = (side: Side) => mergeOrder(orders, kept, side);
  choose(why, { base: led('base'), mine: led('mine'), theirs: led('theirs') }, path, context);
  return context.choices.get(toPointer(...path)) ?? 'mine';
}

function choose(why: Conflict['why'], versions: Versions, path: readonly string[], context: Context): unknown {
  const at = toPointer(...path);
  const chosen = context.choices.get(at) ?? null;
  context.conflicts.push({ at, path, why, chosen, base: versions.base, mine: versions.mine, theirs: versions.theirs });
  return versions[chosen ?? 'mine'];
}

function reasonOf({ base, mine, theirs }: Versions): Conflict['why'] {
  if (mine === undefined || theirs === undefined) return 'removed-and-changed';
  return base === undefined ? 'both-added' : 'both-changed';
}

/** Nobody is asked about the drawing: what only one side moved is moved, and where both did, mine stays. */
function mergeDrawing({ base, mine, theirs }: Versions): unknown {
  if (isSame(base, mine)) return theirs;
  if (isSame(base, theirs) || !isRecord(mine) || !isRecord(theirs)) return mine ?? theirs;
  const former = isRecord(base) ? base : {};
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  return Object.fromEntries(
    [...keys].flatMap((key): [string, unknown][] => {
      const value = isSame(own(former, key), own(mine, key)) ? own(theirs, key) : own(mine, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function own(from: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(from, key) ? from[key] : undefined;
}
