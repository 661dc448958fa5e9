import { finalDot } from './cut-after-dot-in.ts';
import type { FaultKind } from './kind.ts';

/** The outgoing server has the whole answer, and its word gets lost: nobody can know, so nothing may be sent again by itself. */
export const cutAfterDotOut: FaultKind = {
  name: 'cut-after-dot-out',
  target: 'link',
  async strike({ links }) {
    links.outgoing.cut({ command: finalDot, afterBytes: 1, times: 1 });
    return 'the next 250 of the outgoing server gets lost';
  },
};
