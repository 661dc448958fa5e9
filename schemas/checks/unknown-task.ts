import { didYouMean } from '../nearest-name.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Calls of a task that the flow does not have. */
export const unknownTask: Check = ({ flow, actions }) => {
  const tasks = Object.keys(flow.tasks ?? {});
  return [...actions.values()].flatMap(({ id, action }) => {
    if (action.type !== 'call-task' || tasks.includes(action.settings.task)) return [];
    const { task } = action.settings;
    const message =
      task === ''
        ? `"${action.name}" calls no task yet: choose one, or draw a new one.`
        : `The flow has no task "${task}"${didYouMean(task, tasks) || ': choose another.'}`;
    return [issue('unknown-task', 'error', ['actions', id, 'settings', 'task'], message, id)];
  });
};
