import { between } from '../random.ts';
import type { FaultKind } from './kind.ts';

/** The connection breaks while the server hands over mails. */
export const cutFetch: FaultKind = {
  name: 'cut-fetch',
  target: 'link',
  async strike({ links }, random) {
    const afterBytes = between(random, 100, 4_000);
    const times = between(random, 1, 3);
    links.imap.cut({ command: /FETCH .*BODY/i, afterBytes, times });
    // Once only: three times in a row at the same mail would be held against the mail, which then comes with its head alone.
    links.pop3.cut({ command: /^(RETR|TOP) /m, afterBytes, times: 1 });
    return `the next ${times} FETCH of IMAP and the next RETR of POP3 are cut after ${afterBytes} bytes`;
  },
};
