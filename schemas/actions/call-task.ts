import Type from 'typebox';
import { closed } from '../closed.ts';
import { field } from '../logic.ts';
import { calledIdPattern, callSettings } from './call-settings.ts';

/** Runs a task of this flow and goes on when it returns. */
export const callTask = {
  type: 'call-task',
  title: 'Call a task',
  description: 'Runs a task of this flow, then goes on from here',
  settings: closed({
    task: Type.String({ pattern: calledIdPattern, title: 'Task', ...field('task') }),
    ...callSettings,
  }),
  defaults: { task: '' },
  outcomes: ['done'],
} as const;
