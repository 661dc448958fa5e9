import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionAuth, SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';
import { coerceError } from '../../schemas/errors.ts';
import type { Credentials } from '../authorisations/credentials.ts';
import type { SmtpError } from './smtp-error.ts';

/** The part of nodemailer's own token client that its connection calls; ours keeps no token and asks no provider by itself. */
interface TokenSource {
  /** `renew` is true after the server refused the first token. */
  getToken(renew: boolean, done: (error: Error | null, token?: string) => void): void;
  buildXOAuth2Token(token: string): string;
}

/** What nodemailer is to show the server, which `connection` has greeted. OAUTHBEARER only where the server knows no XOAUTH2: that is what every provider tests. */
export function smtpLogin(credentials: Credentials, connection: SMTPConnection): SMTPConnectionAuth {
  const { username } = credentials;
  if (credentials.kind === 'password') return { user: username, pass: credentials.password };
  const offered = mechanismsOf(connection);
  if (offered.includes('OAUTHBEARER') && !offered.includes('XOAUTH2')) {
    return { user: username, method: 'OAUTHBEARER', options: { token: credentials.token } };
  }
  const tokens: TokenSource = {
    getToken(renew, done) {
      // Nodemailer asks again only where the server gave its reason as a challenge; Exchange gives none. So that is left to whoever logs in.
      if (renew) done(new Error('the token was refused'));
      else done(null, credentials.token);
    },
    buildXOAuth2Token: (token) => Buffer.from(`user=${username}\x01auth=Bearer ${token}\x01\x01`).toString('base64'),
  };
  // These two methods are all that the connection calls; the type is that of nodemailer's whole client.
  return { user: username, oauth2: tokens as NonNullable<SMTPConnectionAuth['oauth2']> };
}

/** OAUTHBEARER (RFC 7628), which nodemailer does not speak by itself. */
export const oauthBearer: SMTPConnectionCustomAuthHandler = async ({ auth, sendCommand }) => {
  const { user = '', options } = auth.credentials;
  // GS2 has signs of its own for what a name may not hold (RFC 5801 section 4).
  const name = user.replace(/=/g, '=3D').replace(/,/g, '=2C');
  const shown = `n,a=${name},\x01auth=Bearer ${options?.token}\x01\x01`;
  let reply = await sendCommand(`AUTH OAUTHBEARER ${Buffer.from(shown).toString('base64')}`);
  // The reason stands in the challenge; the refusal itself comes after our empty answer to it.
  if (reply.status === 334) reply = await sendCommand(Buffer.from('\x01').toString('base64'));
  if (reply.status !== 235) throw new Error('the token was refused');
};

/** Whether the server judged a token and refused it: 4yz says that it could not judge. */
export function isTokenRefused(thrown: unknown): boolean {
  // Whatever was thrown: fields that it lacks are undefined.
  const { code, command, responseCode = 535 } = coerceError(thrown) as SmtpError;
  return code === 'EAUTH' && isTokenLogin(command) && responseCode >= 500;
}

export function isTokenLogin(command: string | undefined): boolean {
  return command === 'AUTH XOAUTH2' || command === 'AUTH OAUTHBEARER';
}

/** Nodemailer names those alone that it speaks; it keeps the lines of the server's answer to EHLO. */
function mechanismsOf(connection: SMTPConnection): readonly string[] {
  const lines: unknown = Reflect.get(connection, '_ehloLines');
  if (!Array.isArray(lines)) return [];
  return lines
    .filter((line) => typeof line === 'string')
    .filter((line) => /^AUTH[ =]/i.test(line))
    .flatMap((line) => line.toUpperCase().split(/[ =]+/).slice(1));
}
