import type { Mailbox, Settings } from '../../schemas/settings.ts';

/** A mailbox may be removed while its last mails are under way: they still settle, and answers come from its routes' addresses. */
export function mailboxOr(settings: Pick<Settings, 'mailboxes'>, id: string): Mailbox {
  return (
    settings.mailboxes.find((mailbox) => mailbox.id === id) ?? {
      id,
      name: id,
      type: 'imap',
      address: '',
      enabled: false,
      folders: [],
      pollSeconds: 60,
      maxBytes: 1_048_576,
    }
  );
}
