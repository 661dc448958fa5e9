import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

export const outgoingKill: FaultKind = {
  name: 'outgoing-kill',
  target: 'outgoing',
  async strike({ outgoing }, random) {
    const away = between(random, 0, 1_000);
    await outgoing.kill();
    await delay(away);
    await outgoing.start();
    return `killed, back ${away} ms later`;
  },
};
