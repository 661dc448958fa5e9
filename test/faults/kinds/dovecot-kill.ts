import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

export const dovecotKill: FaultKind = {
  name: 'dovecot-kill',
  target: 'dovecot',
  async strike({ dovecot }, random) {
    const away = between(random, 0, 1_500);
    await dovecot.kill();
    await delay(away);
    await dovecot.restart();
    return `every process killed, back ${away} ms later`;
  },
};
