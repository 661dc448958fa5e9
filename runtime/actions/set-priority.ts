import type { Executor } from '../engine/ports.ts';

export const setPriority: Executor<'set-priority'> = ({ priority }) => ({
  outcome: 'done',
  priority,
  detail: { priority },
});
