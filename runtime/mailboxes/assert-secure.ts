import { UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { ServerName } from './connection-failure.ts';

/** Throws UserError `insecure-connection` where a password would cross the network unencrypted: checked again at every connection. */
export function assertSecure({ host, security }: Pick<ServerName, 'host' | 'security'>): void {
  if (security !== 'none' || isLoopback(host)) return;
  throw new UserError(
    'insecure-connection',
    `The password for ${host} would cross the network unencrypted. Choose TLS or STARTTLS; "none" is for this machine only.`,
    { data: { host } },
  );
}
