import type { SMTPConnectionAuth } from 'nodemailer/lib/smtp-connection';
import type { Credentials, GetCredentials } from '../authorisations/credentials.ts';

/** The part of nodemailer's own token client that its connection calls; ours keeps no token and asks no provider by itself. */
interface TokenSource {
  /** `renew` is true after the server refused the first token. */
  getToken(renew: boolean, done: (error: Error | null, token?: string) => void): void;
  buildXOAuth2Token(token: string): string;
}

/** @throws what `credentials` throws: nothing is sent to a server without something to show. */
export async function smtpLogin(credentials: GetCredentials): Promise<SMTPConnectionAuth> {
  const first = await credentials();
  if (first.kind === 'password') return { user: first.username, pass: first.password };
  const { username } = first;
  const tokens: TokenSource = {
    getToken(renew, done) {
      const shown: Promise<Credentials> = renew ? credentials(first) : Promise.resolve(first);
      shown.then((fresh) => done(null, fresh.kind === 'token' ? fresh.token : ''), done);
    },
    buildXOAuth2Token: (token) => Buffer.from(`user=${username}\x01auth=Bearer ${token}\x01\x01`).toString('base64'),
  };
  // These two methods are all that the connection calls; the type is that of nodemailer's whole client.
  return { user: username, oauth2: tokens as NonNullable<SMTPConnectionAuth['oauth2']> };
}
