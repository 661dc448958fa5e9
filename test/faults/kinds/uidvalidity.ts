import { imap } from '../sources/imap.ts';
import { pop3 } from '../sources/pop3.ts';
import type { FaultKind } from './kind.ts';

/** Every UID and every UIDL known so far means nothing any more. */
export const uidvalidity: FaultKind = {
  name: 'uidvalidity',
  target: 'dovecot',
  async strike({ dovecot }, random) {
    const { user } = random() < 0.5 ? imap : pop3;
    await dovecot.changeUidValidity(user);
    return `${user}: every mail has another number`;
  },
};
