import type { Check } from './check.ts';
import { issue } from './check.ts';

/** A mail that takes an unconnected outcome would end in the fallback queue. */
export const unconnectedOutcome: Check = ({ actions }) =>
  [...actions.values()].flatMap(({ id, action, outcomes }) =>
    [...new Set(outcomes)]
      .filter((outcome) => action.next === undefined || !Object.hasOwn(action.next, outcome))
      .map((outcome) =>
        issue(
          'unconnected-outcome',
          'error',
          ['actions', id, 'next', outcome],
          `The outcome "${outcome}" of "${action.name}" leads nowhere: connect it.`,
          id,
        ),
      ),
  );
