import { closed } from '../closed.ts';

/** Ends the round: the innermost running loop begins the next one, or is done. */
export const nextLoop = {
  type: 'next-loop',
  title: 'Next round',
  description: 'Ends this round of the loop and begins the next',
  settings: closed({}),
  defaults: {},
  outcomes: [],
} as const;
