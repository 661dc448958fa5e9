import type { Executor } from '../engine/ports.ts';
import { callOf } from './call.ts';

export const callFlow: Executor<'call-flow'> = (settings, context) =>
  callOf({ flow: settings.flow }, settings, context);
