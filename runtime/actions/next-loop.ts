import type { Executor } from '../engine/ports.ts';

export const endRound: Executor<'next-loop'> = () => ({ leave: 'round' });
