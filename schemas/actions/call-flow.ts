import Type from 'typebox';
import { closed } from '../closed.ts';
import { field } from '../logic.ts';
import { calledIdPattern, callSettings } from './call-settings.ts';

/** Runs another published flow as a module. Where that one ends the mail's way itself, this flow does not go on. */
export const callFlow = {
  type: 'call-flow',
  title: 'Call a module',
  description: 'Runs a published module, which several flows may share, then goes on from here',
  settings: closed({
    flow: Type.String({ pattern: calledIdPattern, title: 'Module', ...field('module') }),
    ...callSettings,
  }),
  defaults: { flow: '' },
  outcomes: ['done'],
} as const;
