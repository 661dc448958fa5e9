import type { CaseDifference } from '../../schemas/api/cases.ts';
import type { Expectation } from '../../schemas/case.ts';

/** The expectation with what came in place of what was expected; a part that did not come at all is no longer compared. */
export function expectationFrom(expect: Expectation, differences: readonly CaseDifference[]): Expectation {
  const changed = new Map(differences.map(({ what, got }) => [what, got]));
  const entries = Object.entries(expect).map(([what, value]) => [what, changed.has(what) ? changed.get(what) : value]);
  // The server gives each part as its own schema has it.
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as Expectation;
}
