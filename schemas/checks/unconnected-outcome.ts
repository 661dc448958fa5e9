import type { Action } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** A mail that takes an unconnected outcome would end in the fallback queue. */
export const unconnectedOutcome: Check = ({ flow, actions }) =>
  [...actions.values()].flatMap(({ id, action, outcomes }) =>
    [...new Set(neverReturns(action, flow) ? [] : outcomes)]
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

/** A call of a task without a return never goes on: the mail's way ends in the task. */
function neverReturns(action: Action, { tasks }: Flow): boolean {
  if (action.type !== 'call-task') return false;
  const { task: id } = action.settings;
  const task = tasks !== undefined && Object.hasOwn(tasks, id) ? tasks[id] : undefined;
  return task !== undefined && !Object.values(task.actions).some(({ type }) => type === 'return');
}
