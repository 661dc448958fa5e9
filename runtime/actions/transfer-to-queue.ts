import type { Executor } from '../engine/ports.ts';

export const transferToQueue: Executor<'transfer-to-queue'> = ({ queue, priority, skills }) => ({
  ending: {
    type: 'transfer-to-queue',
    queue,
    ...(priority === undefined ? {} : { priority }),
    ...(skills === undefined ? {} : { skills }),
  },
});
