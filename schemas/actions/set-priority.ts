import { closed } from '../closed.ts';
import { prioritySchema } from '../ids.ts';

/** Sets the priority that a later transfer uses unless it names its own. */
export const setPriority = {
  type: 'set-priority',
  title: 'Set priority',
  description: 'Sets how soon people see the mail: one point counts as one minute of waiting',
  settings: closed({ priority: prioritySchema }),
  defaults: { priority: 10 },
  outcomes: ['done'],
} as const;
