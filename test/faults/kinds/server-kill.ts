import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

/** SIGKILL: nothing is finished, nothing flushed. Started again on the same data. */
export const serverKill: FaultKind = {
  name: 'server-kill',
  target: 'server',
  async strike({ server }, random) {
    const away = between(random, 0, 400);
    await server.kill();
    await delay(away);
    await server.start();
    return `killed, and started again ${away} ms later`;
  },
};
