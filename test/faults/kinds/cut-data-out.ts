import { between } from '../random.ts';
import type { FaultKind } from './kind.ts';

/** The way to the outgoing server breaks in the middle of an answer: surely not taken, so tried again. */
export const cutDataOut: FaultKind = {
  name: 'cut-data-out',
  target: 'link',
  async strike({ links }, random) {
    const afterBytes = between(random, 10, 400);
    links.outgoing.cut({ command: /^DATA\r\n/im, from: 'client', afterBytes, times: 1 });
    return `the next answer is cut after ${afterBytes} bytes`;
  },
};
