import { UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';

/** Refuses a connection without TLS that would leave this machine: password and mail would be readable on the way. */
export function refuseOpenText(security: 'tls' | 'starttls' | 'none', host: string): void {
  if (security !== 'none' || isLoopback(host)) return;
  throw new UserError(
    'tls-needed',
    `Without TLS the password and the mails would travel in the open to ${host}. Choose "tls" or "starttls"; a private authority can be named under "ca".`,
    { status: 422 },
  );
}
