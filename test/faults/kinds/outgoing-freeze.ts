import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

export const outgoingFreeze: FaultKind = {
  name: 'outgoing-freeze',
  target: 'outgoing',
  async strike({ outgoing }, random) {
    const ms = between(random, 500, 2_500);
    outgoing.signal('SIGSTOP');
    await delay(ms);
    outgoing.signal('SIGCONT');
    return `frozen for ${ms} ms`;
  },
};
