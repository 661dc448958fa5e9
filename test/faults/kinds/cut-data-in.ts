import { between } from '../random.ts';
import type { FaultKind } from './kind.ts';

/** A client of the receiver is cut off in the middle of its mail. */
export const cutDataIn: FaultKind = {
  name: 'cut-data-in',
  target: 'link',
  async strike({ links }, random) {
    const afterBytes = between(random, 10, 1_500);
    links.receiver.cut({ command: /^DATA\r\n/im, from: 'client', afterBytes, times: 1 });
    return `the next mail to the receiver is cut after ${afterBytes} bytes`;
  },
};
