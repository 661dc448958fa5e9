import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

/** SIGSTOP: every connection stays open, and nobody answers. */
export const serverFreeze: FaultKind = {
  name: 'server-freeze',
  target: 'server',
  async strike({ server }, random) {
    const ms = between(random, 500, 2_500);
    server.signal('SIGSTOP');
    await delay(ms);
    server.signal('SIGCONT');
    return `frozen for ${ms} ms`;
  },
};
