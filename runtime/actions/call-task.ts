import type { Executor } from '../engine/ports.ts';
import { callOf } from './call.ts';

export const callTask: Executor<'call-task'> = (settings, context) =>
  callOf({ task: settings.task }, settings, context);
