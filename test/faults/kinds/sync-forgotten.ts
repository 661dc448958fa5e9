import type { FaultKind } from './kind.ts';

/** What UIDVALIDITY is to IMAP: delta links and sync states given so far are dead. */
export const syncForgotten: FaultKind = {
  name: 'sync-forgotten',
  target: 'microsoft',
  async strike({ microsoft: { graph, ews } }, random) {
    graph.forgetDelta(random() < 0.5);
    ews.forgetSyncStates();
    return 'Graph and Exchange have forgotten what they told';
  },
};
