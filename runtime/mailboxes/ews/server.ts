import { UserError } from '../../../schemas/errors.ts';
import type { Mailbox } from '../../../schemas/settings.ts';
import { assertSecure } from '../assert-secure.ts';

export type EwsServer = NonNullable<Mailbox['ews']>;

/** Microsoft's own cloud, in all of its countries. */
const online = /(^|\.)(office365\.com|office\.com|outlook\.com|office365\.us|outlook\.cn|hotmail\.com)$/i;

/** @throws UserError `mailbox-incomplete`. */
export function ewsOf(mailbox: Mailbox): EwsServer {
  if (mailbox.ews === undefined) {
    throw new UserError(
      'mailbox-incomplete',
      `Mailbox ${mailbox.name} has no Exchange server. Enter host, user and password.`,
    );
  }
  return mailbox.ews;
}

/** Checked when it is entered, and again at every connection. Throws UserError `ews-online`, `ews-no-starttls`, `insecure-connection`. */
export function assertOnPremise(server: Pick<EwsServer, 'host' | 'security'>): void {
  if (online.test(server.host)) {
    throw new UserError(
      'ews-online',
      `${server.host} is Exchange Online, where Microsoft is switching Exchange Web Services off (for good on 1 April 2027). Connect this mailbox by Microsoft Graph, or by IMAP; this type is for an Exchange server of your own.`,
      { status: 422 },
    );
  }
  if (server.security === 'starttls') {
    throw new UserError('ews-no-starttls', 'Exchange Web Services have no STARTTLS. Choose TLS, with port 443.', {
      status: 422,
    });
  }
  assertSecure(server);
}
