import type { Outbound } from '../../schemas/settings.ts';
import { credentialsOf, type GetToken } from '../authorisations/credentials.ts';
import { createCaptureSender } from './capture-sender.ts';
import type { Sender } from './sender.ts';
import { createSmtpSender } from './smtp-sender.ts';

/** How what the settings keep of a login becomes what a server is shown. */
interface Keys {
  open(sealed: string): string;
  token: GetToken;
}

/**
 * The sender that settings ask for; capture where there are none.
 *
 * @throws UserError `outbound-insecure`.
 */
export function createSender(outbound: Outbound | null, keys: Keys): Sender {
  if (outbound === null) return createCaptureSender();
  const { username, password, authorisation } = outbound;
  const credentials = username === undefined ? null : credentialsOf({ username, password, authorisation }, keys);
  return createSmtpSender({ outbound, credentials });
}
