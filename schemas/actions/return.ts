import { closed } from '../closed.ts';

/** Ends a task or a module, with its outputs as they stand; the caller goes on. */
export const returnAction = {
  type: 'return',
  title: 'Return',
  description: 'Ends this task or module and goes back to its caller',
  settings: closed({}),
  defaults: {},
  outcomes: [],
} as const;
