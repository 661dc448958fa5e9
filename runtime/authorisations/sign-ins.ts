import type { Authorisation } from '../../schemas/authorisation.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Exchange } from './exchange.ts';
import { genericClient, grantedOf, loadClient } from './generic-client.ts';
import type { AuthorisationOf, Granted } from './grants/grant-kind.ts';

const patienceMs = 15 * 60_000;
const maxPending = 200;

interface Pending {
  authorisation: string;
  verifier: string;
  redirectUri: string;
  until: number;
}

interface SignInsDeps {
  now(): number;
  open(sealed: string): string;
  exchangeFor(authorisation: Authorisation): Exchange;
}

/** Sign-ins that people have begun: who comes back is known by `state` alone, which is a secret of one use (RFC 6749 10.12), with PKCE. */
export interface SignIns {
  /** Where the browser is to be sent. */
  begin(authorisation: Authorisation, redirectUri: string): Promise<{ url: string; state: string }>;
  /** Which authorisation a sign-in was for. @throws UserError `sign-in-unknown`. */
  ownerOf(state: string): string;
  /** Takes the code that the provider gave. `returned` holds its parameters. */
  finish(authorisation: Authorisation, state: string, returned: URLSearchParams): Promise<Granted>;
}

export function createSignIns({ now, open, exchangeFor }: SignInsDeps): SignIns {
  const pending = new Map<string, Pending>();

  function codeGrantOf(authorisation: Authorisation): AuthorisationOf<'authorization-code'> {
    const { grant } = authorisation;
    if (grant.type === 'authorization-code') return { ...authorisation, grant };
    throw new UserError('no-sign-in', 'This authorisation needs nobody to sign in. Try it instead.', { status: 409 });
  }

  async function clientFor({ grant }: AuthorisationOf<'authorization-code'>, exchange: Exchange) {
    const secret = grant.secret === undefined ? undefined : open(grant.secret);
    return await genericClient({ ...grant, secret }, exchange);
  }

  return {
    async begin(authorisation, redirectUri) {
      const owner = codeGrantOf(authorisation);
      const library = await loadClient();
      const verifier = library.randomPKCECodeVerifier();
      const state = library.randomState();
      const parameters = {
        redirect_uri: redirectUri,
        scope: owner.grant.scope,
        state,
        code_challenge: await library.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...promptOf(owner),
      };
      const url = library.buildAuthorizationUrl(await clientFor(owner, exchangeFor(owner)), parameters);
      for (const [key, { until }] of pending) if (until < now() || pending.size >= maxPending) pending.delete(key);
      pending.set(state, { authorisation: owner.id, verifier, redirectUri, until: now() + patienceMs });
      return { url: url.href, state };
    },
    ownerOf(state) {
      const owner = pending.get(state);
      if (owner !== undefined && owner.until >= now()) return owner.authorisation;
      const message =
        'This sign-in is not known here: it was begun too long ago, was finished already, or belongs to another server. Begin it anew.';
      throw new UserError('sign-in-unknown', message, { status: 410 });
    },
    async finish(authorisation, state, returned) {
      const owner = codeGrantOf(authorisation);
      const begun = pending.get(state);
      pending.delete(state);
      if (begun?.authorisation !== owner.id) {
        throw new UserError('sign-in-unknown', 'This sign-in belongs to another authorisation. Begin it anew.', {
          status: 410,
        });
      }
      refuseDenied(returned);
      if (!returned.get('code'))
        throw new UserError('code-missing', 'There is no code in what came back.', { status: 422 });
      const url = new URL(begun.redirectUri);
      for (const [name, value] of returned)
        if (name !== 'iss' || owner.grant.issuer !== undefined) url.searchParams.set(name, value);
      url.searchParams.set('state', state);
      const exchange = exchangeFor(owner);
      const library = await loadClient();
      const client = await clientFor(owner, exchange);
      const checks = { pkceCodeVerifier: begun.verifier, expectedState: state };
      const granted = grantedOf(
        await exchange.during(() => library.authorizationCodeGrant(client, url, checks)),
        now(),
      );
      if (granted.refreshToken === undefined) {
        const message =
          'The provider gave access for an hour only (no refresh token). Add "offline_access" to the scope; at Google, remove the application from the account and sign in again.';
        throw new UserError('no-refresh-token', message, { status: 422 });
      }
      return granted;
    },
  };
}

/** What makes each provider give a refresh token also to somebody who has agreed before. */
function promptOf({ provider, grant }: AuthorisationOf<'authorization-code'>): Record<string, string> {
  if (provider === 'google') return { access_type: 'offline', prompt: 'consent' };
  // Asking for consent would want the administrator again in tenants where people may not give it.
  if (provider === 'microsoft') return { prompt: 'select_account' };
  return grant.scope.split(' ').includes('offline_access') ? { prompt: 'consent' } : {};
}

function refuseDenied(returned: URLSearchParams): void {
  const error = returned.get('error');
  if (error === null) return;
  const words =
    error === 'access_denied'
      ? 'The sign-in was declined at the provider, or an administrator has to allow the application first.'
      : `The provider refused the sign-in (${error.replace(/[^\w.-]/g, '').slice(0, 60)}). Check client id, scope and redirect address.`;
  throw new UserError('sign-in-refused', words, { status: 422 });
}
