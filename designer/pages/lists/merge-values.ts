import { foldCase } from '../../../schemas/fold-case.ts';

interface ListedValues {
  /** The values that both began with. */
  base: readonly string[];
  mine: readonly string[];
  theirs: readonly string[];
}

interface ValueChanges {
  added: readonly string[];
  removed: readonly string[];
}

/** What somebody did to the values; another spelling of a value is the same value. */
export function valueChanges(before: readonly string[], after: readonly string[]): ValueChanges {
  return { added: without(after, before), removed: without(before, after) };
}

/** Their values with what I added and without what I removed: nobody's work is lost, and what both added is there once. */
export function mergeValues({ base, mine, theirs }: ListedValues): string[] {
  const { added, removed } = valueChanges(base, mine);
  return [...without(theirs, removed), ...without(added, theirs)];
}

function without(values: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map(foldCase));
  return values.filter((value) => !known.has(foldCase(value)));
}
