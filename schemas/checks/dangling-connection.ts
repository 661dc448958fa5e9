import { didYouMean } from '../nearest-name.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** A connection begins at an outcome that its action has, and ends at an action that the flow has. */
export const danglingConnection: Check = ({ actions }) =>
  [...actions.values()].flatMap(({ id, action, outcomes }) =>
    Object.entries(action.next ?? {}).flatMap(([outcome, target]) => {
      const at = ['actions', id, 'next', outcome];
      const issues = [];
      if (!outcomes.includes(outcome)) {
        const hint = didYouMean(outcome, outcomes) || ': remove the connection.';
        issues.push(
          issue('dangling-connection', 'error', at, `"${action.name}" has no outcome "${outcome}"${hint}`, id),
        );
      }
      if (!actions.has(target)) {
        const message = `The outcome "${outcome}" of "${action.name}" leads to the action "${target}", which does not exist: connect it to another.`;
        issues.push(issue('dangling-connection', 'error', at, message, id));
      }
      return issues;
    }),
  );
