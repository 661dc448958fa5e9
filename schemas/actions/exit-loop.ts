import { closed } from '../closed.ts';

/** Leaves the innermost running loop by its outcome `done`, whatever rounds were left. */
export const exitLoop = {
  type: 'exit-loop',
  title: 'Leave the loop',
  description: 'Ends the loop early and goes on behind it',
  settings: closed({}),
  defaults: {},
  outcomes: [],
} as const;
