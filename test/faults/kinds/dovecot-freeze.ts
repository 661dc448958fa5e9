import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

export const dovecotFreeze: FaultKind = {
  name: 'dovecot-freeze',
  target: 'dovecot',
  async strike({ dovecot }, random) {
    const ms = between(random, 500, 3_000);
    await dovecot.freeze();
    await delay(ms);
    await dovecot.thaw();
    return `frozen for ${ms} ms`;
  },
};
