import { between } from '../random.ts';
import type { FaultKind } from './kind.ts';

/** "Not now": such mails are tried again later. */
export const outgoingRefuses: FaultKind = {
  name: 'outgoing-refuses',
  target: 'outgoing',
  async strike({ outgoing }, random) {
    const mails = between(random, 1, 4);
    const code = random() < 0.5 ? 451 : 421;
    outgoing.refuse(mails, code);
    return `the next ${mails} mails are answered with ${code} after their text`;
  },
};
