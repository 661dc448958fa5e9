import { UserError } from '../../../schemas/errors.ts';
import type { Mailbox } from '../../../schemas/settings.ts';

export type Pop3Server = NonNullable<Mailbox['pop3']>;

export function pop3Of(mailbox: Mailbox): Pop3Server {
  if (mailbox.pop3 === undefined) {
    throw new UserError(
      'mailbox-incomplete',
      `Mailbox ${mailbox.name} has no POP3 server. Enter host, user and password.`,
    );
  }
  return mailbox.pop3;
}
