import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { SmtpServer } from '../../schemas/senders/smtp.ts';

/** How nodemailer is to connect. A certificate is checked wherever there is TLS. */
export function connectionOf({ host, port, security, ca }: SmtpServer): SMTPConnectionOptions {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) },
  };
}

/** @throws UserError `tls-needed` (422) where mails or a password could leave this machine in the open without anybody having chosen so. */
export function refuseOpenSmtp({ host, security, username }: SmtpServer): void {
  if (isLoopback(host)) return;
  if (security === 'none') {
    const message = `Mail to ${host} must be encrypted: choose TLS or STARTTLS. Without encryption only this machine itself is allowed.`;
    throw new UserError('tls-needed', message, { status: 422 });
  }
  if (security === 'opportunistic' && username) {
    const message = `Where TLS is used only if ${host} offers it, the password could be read on the way. Choose TLS or STARTTLS, or leave the user out.`;
    throw new UserError('tls-needed', message, { status: 422 });
  }
}
