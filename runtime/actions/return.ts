import type { Executor } from '../engine/ports.ts';

export const returnToCaller: Executor<'return'> = () => ({ leave: 'sheet' });
