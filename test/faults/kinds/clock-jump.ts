import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

const hour = 3_600_000;

/** The machine's clock is set wrong, and right again some seconds later; timers go on as they were, as in every process. */
export const clockJump: FaultKind = {
  name: 'clock-jump',
  target: 'clock',
  async strike({ clock }, random) {
    const hours = [-25, -1, 1, 25][between(random, 0, 3)] ?? 0;
    const ms = between(random, 1_000, 3_000);
    await clock.shift(hours * hour);
    await delay(ms);
    await clock.shift(0);
    return `${hours > 0 ? '+' : ''}${hours} h, and right again ${ms} ms later`;
  },
};
