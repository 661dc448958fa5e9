import { UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { Credentials, GetCredentials } from '../authorisations/credentials.ts';
import type { GraphTarget } from './client.ts';

/** The mailbox as a client of Graph sees it. Its tokens reject with UserError `graph-needs-authorisation` where there is a password instead. */
export function createTarget(
  { baseUrl, username }: { baseUrl: string; username: string },
  credentials: GetCredentials,
): GraphTarget {
  let last: Credentials | undefined;
  return {
    baseUrl,
    user: username,
    async accessToken(force = false) {
      last = await credentials(force ? last : undefined);
      if (last.kind === 'token') return last.token;
      const message = 'Microsoft Graph takes no password. Choose an authorisation for the mailbox.';
      throw new UserError('graph-needs-authorisation', message);
    },
  };
}

/** Throws UserError `insecure-connection` (422) where a token would cross the network unencrypted. */
export function refuseOpenGraph(baseUrl: string): void {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || isLoopback(hostname)) return;
  const message = `The access token for ${hostname} would cross the network unencrypted. Use https.`;
  throw new UserError('insecure-connection', message, { status: 422 });
}

/** A connection as it is stored; changed in place by what is named. Another server asks for the authorisation again (UserError `password-needed`). */
export function changeGraph(
  graph: { baseUrl: string; username: string; authorisation: string },
  {
    baseUrl,
    username,
    authorisation,
  }: { baseUrl?: string | undefined; username?: string | undefined; authorisation?: string | undefined },
): void {
  if (baseUrl !== undefined && baseUrl !== graph.baseUrl) {
    refuseOpenGraph(baseUrl);
    if (!authorisation) {
      const message =
        'Choose the authorisation again: its tokens are not sent to another server than they were meant for.';
      throw new UserError('password-needed', message, { status: 422 });
    }
    graph.baseUrl = baseUrl;
  }
  if (username) graph.username = username;
  if (authorisation) graph.authorisation = authorisation;
}
