import { deleteTask } from '../../state/commands/delete-task.ts';
import type { Fixer } from './fix.ts';

/** A task that nothing calls goes. */
export const unusedTask: Fixer = ({ issue }) =>
  issue.task === undefined ? [] : [{ label: 'Delete the task', command: deleteTask(issue.task) }];
