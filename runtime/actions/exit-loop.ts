import type { Executor } from '../engine/ports.ts';

export const exitLoop: Executor<'exit-loop'> = () => ({ leave: 'loop' });
