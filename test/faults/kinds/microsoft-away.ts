import { between } from '../random.ts';
import { delay, type FaultKind } from './kind.ts';

/** Graph and Exchange are killed, or frozen. */
export const microsoftAway: FaultKind = {
  name: 'microsoft-away',
  target: 'microsoft',
  async strike({ microsoft: { graph, ews } }, random) {
    const ms = between(random, 300, 2_000);
    if (random() < 0.5) {
      await Promise.all([graph.kill(), ews.kill()]);
      await delay(ms);
      await Promise.all([graph.restart(), ews.restart()]);
      return `Graph and Exchange killed, back ${ms} ms later`;
    }
    graph.freeze();
    ews.freeze();
    await delay(ms);
    graph.thaw();
    ews.thaw();
    return `Graph and Exchange frozen for ${ms} ms`;
  },
};
