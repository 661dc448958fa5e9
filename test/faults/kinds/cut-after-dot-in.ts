import type { FaultKind } from './kind.ts';

/** The receiver stores a mail, and its 250 never arrives: the client sends it again. */
export const cutAfterDotIn: FaultKind = {
  name: 'cut-after-dot-in',
  target: 'link',
  async strike({ links }) {
    links.receiver.cut({ command: finalDot, afterBytes: 1, times: 1 });
    return 'the next 250 of the receiver gets lost';
  },
};

export const finalDot = /(^|\r\n)\.\r\n$/;
