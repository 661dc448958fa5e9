import type { FaultKind } from './kind.ts';

/** SIGTERM in the middle of the load: what is under way is finished or waits in the ledger. */
export const serverStop: FaultKind = {
  name: 'server-stop',
  target: 'server',
  async strike({ server }) {
    await server.stop();
    await server.start();
    return 'stopped in order, and started again';
  },
};
