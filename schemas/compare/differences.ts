import { type Plan, shapeOf } from './plan.ts';
import { isSame } from './same.ts';

/** One part that is not the same in both documents. A side that is undefined does not have it. */
export interface PartChange {
  /** Keys from the root of the document; items of lists by their name. */
  path: readonly string[];
  before: unknown;
  after: unknown;
  /** The same items in another order: both sides hold their names. */
  isOrder?: true;
}

interface Differences {
  logic: PartChange[];
  /** Paths of what only concerns the drawing. */
  drawing: (readonly string[])[];
}

/** All parts that differ, in the order of the later document, what it no longer has after that. */
export function differences(plan: Plan, before: unknown, after: unknown): Differences {
  const found: Differences = { logic: [], drawing: [] };
  walk(plan, before, after, [], found);
  return found;
}

function walk(plan: Plan, before: unknown, after: unknown, path: readonly string[], found: Differences): void {
  if (isSame(before, after)) return;
  const shape = shapeOf(plan, [before, after]);
  if (shape.is === 'drawing') {
    found.drawing.push(path);
    return;
  }
  if (shape.is !== 'parts') {
    if (shape.is === 'whole' || (before ?? '') !== (after ?? '')) found.logic.push({ path, before, after });
    return;
  }
  const isWhole = shape.comesAndGoes && (before === undefined || after === undefined);
  if (isWhole) found.logic.push({ path, before, after });
  // A task that is new is told as a whole, and each of its actions as well: they are what is seen on its sheet.
  if (isWhole && !hasActions(before ?? after)) return;
  const former = shape.parts(before);
  const present = shape.parts(after);
  for (const key of new Set([...present.keys(), ...former.keys()])) {
    const isToldAlready = isWhole && key !== 'actions';
    if (!isToldAlready) walk(shape.planOf(key), former.get(key), present.get(key), [...path, key], found);
  }
  if (shape.isOrdered) addOrder(former, present, path, found);
}

function addOrder(
  former: ReadonlyMap<string, unknown>,
  present: ReadonlyMap<string, unknown>,
  path: readonly string[],
  found: Differences,
): void {
  const before = [...former.keys()].filter((key) => present.has(key));
  const after = [...present.keys()].filter((key) => former.has(key));
  if (!isSame(before, after)) {
    found.logic.push({ path, before: [...former.keys()], after: [...present.keys()], isOrder: true });
  }
}

function hasActions(version: unknown): boolean {
  return typeof version === 'object' && version !== null && Object.hasOwn(version, 'actions');
}
