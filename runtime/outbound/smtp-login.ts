import type { SMTPConnectionAuth } from 'nodemailer/lib/smtp-connection';
import { coerceError } from '../../schemas/errors.ts';
import type { Credentials } from '../authorisations/credentials.ts';
import type { SmtpError } from './smtp-error.ts';

/** The part of nodemailer's own token client that its connection calls; ours keeps no token and asks no provider by itself. */
interface TokenSource {
  /** `renew` is true after the server refused the first token. */
  getToken(renew: boolean, done: (error: Error | null, token?: string) => void): void;
  buildXOAuth2Token(token: string): string;
}

/** What nodemailer is to show the server. */
export function smtpLogin(credentials: Credentials): SMTPConnectionAuth {
  const { username } = credentials;
  if (credentials.kind === 'password') return { user: username, pass: credentials.password };
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

/** Whether the server judged a token and refused it: 4yz says that it could not judge. */
export function isTokenRefused(thrown: unknown): boolean {
  // Whatever was thrown: fields that it lacks are undefined.
  const { code, command, responseCode = 535 } = coerceError(thrown) as SmtpError;
  return code === 'EAUTH' && command === 'AUTH XOAUTH2' && responseCode >= 500;
}
