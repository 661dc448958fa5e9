import type { MailboxChange, MailboxView } from '../../../../schemas/api/mailboxes.ts';

/** How a mailbox signs in by now; undefined for one that never has a password. */
export function loginOf(mailbox: MailboxView): { username: string; authorisation?: string | undefined } | undefined {
  return mailbox.imap ?? mailbox.pop3 ?? mailbox.ews;
}

/** What is tried of the mailbox, and never saved: the authorisation, on another mailbox of the same server where one is named. */
export function trialOf({ type, ews }: MailboxView, authorisation: string, testMailbox: string): MailboxChange {
  if (testMailbox === '') return { authorisation };
  if (type === 'pop3') return { authorisation, username: testMailbox };
  // The folders of this mailbox are not those of another one.
  const other = { authorisation, folders: ['INBOX'] };
  if (type !== 'ews') return { ...other, username: testMailbox };
  return { ...other, address: testMailbox, ...(ews?.impersonate ? {} : { username: testMailbox }) };
}
