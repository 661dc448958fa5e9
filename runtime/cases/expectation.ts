import type { CaseDifference } from '../../schemas/api/cases.ts';
import type { Expectation } from '../../schemas/case.ts';
import type { Run } from '../../schemas/run.ts';

/** What a run came to, in the words of a case; parts that such a run does not have are left out. */
export function expectationOf({ ending, effects }: Run): Expectation {
  return {
    ending: ending.type,
    ...(ending.queue === undefined ? {} : { queue: ending.queue }),
    ...(ending.type === 'disconnect' ? {} : { priority: ending.priority }),
    ...(ending.reason === undefined ? {} : { reason: ending.reason }),
    fallback: ending.fallback ?? false,
    responses: effects.filter((effect) => effect.allowed).length,
  };
}

/** Where a run is not as expected; empty if it is. */
export function differencesOf(expect: Expectation, run: Run): CaseDifference[] {
  // A disconnected mail has a priority too, which nobody asks for unless the case does.
  const actual: Expectation = { priority: run.ending.priority, ...expectationOf(run) };
  return Object.entries(expect)
    .filter(([what, expected]) => Reflect.get(actual, what) !== expected)
    .map(([what, expected]) => ({ what, expected, got: Reflect.get(actual, what) ?? null }));
}

export function differenceInWords({ what, expected, got }: CaseDifference): string {
  return `${what}: expected ${JSON.stringify(expected)}, got ${got === null ? 'none' : JSON.stringify(got)}`;
}
