import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

export const diskFull: FaultKind = {
  name: 'disk-full',
  target: 'server',
  impossible: ({ disk }) => disk.impossible,
  async strike({ disk }, random) {
    const ms = between(random, 500, 2_000);
    await disk.fill();
    await delay(ms);
    await disk.clear();
    return `no byte free for ${ms} ms`;
  },
};
