import type { Executor } from '../engine/ports.ts';

export const disconnect: Executor<'disconnect'> = ({ reason }) => ({
  ending: { type: 'disconnect', ...(reason === undefined ? {} : { reason }) },
  ...(reason === undefined ? {} : { detail: { reason } }),
});
