import { randomBytes } from 'node:crypto';
import type { Settings } from '../../schemas/settings.ts';
import type { SignInProvider } from '../../schemas/sign-in-provider.ts';
import { createExchange } from '../authorisations/exchange.ts';
import { loadClient } from '../authorisations/generic-client.ts';
import { createHttpPort } from '../egress/http.ts';
import { discoverProvider, type ProviderMetadata } from './discover-provider.ts';
import { ownPath } from './own-path.ts';
import { createPendingSignIns, type Pending } from './pending.ts';
import { isIncomplete, type Person, personOf } from './person.ts';
import { providerClient } from './provider-client.ts';
import { detailOf, refusal, toRefusal } from './refusal.ts';

/** A person waits for it; a provider is asked for more than this only when it is checked. */
const usualTimeoutMs = 10_000;
/** A stranger's clicks make one call to the provider in so long. */
const metadataLifeMs = 5 * 60_000;
/** What fits into an address that every browser and proxy takes. */
const maxHintLength = 3_000;

/** How each is made to ask; `login` is what all of them must know. */
const askingAnew: Record<SignInProvider['kind'], string> = {
  entra: 'select_account',
  google: 'select_account',
  keycloak: 'login',
  okta: 'login',
  other: 'login',
};

interface SignInDeps {
  settings: { read(): Pick<Settings, 'signInProviders'>; open(sealed: string): string };
  clock: { now(): number };
  /** `host:port` pairs in private ranges that providers may have. */
  allow: () => readonly string[];
  timeoutMs?: number;
}

interface Begin {
  provider: string;
  /** Where the provider sends the browser back to. */
  redirectUri: string;
  /** Where the person wanted to go. */
  to: string | undefined;
  /** The provider shall ask who it is, and not take whoever is signed in there. */
  anotherAccount: boolean;
  formerSession: string | undefined;
  succeeded: () => void;
}

interface Begun {
  /** Where the browser is to be sent. */
  url: string;
  state: string;
  /** For the browser alone to keep; it shows by it that it is the one that began. */
  browser: string;
}

/** Somebody came back from a provider, and it is proved who. */
export interface Arrived {
  person: Person;
  provider: string;
  to: string;
  formerSession: string | undefined;
  succeeded: () => void;
  /** Where a sign-out ends the session at the provider; null where it cannot. */
  leaveUrl: string | null;
}

interface LastRefusal {
  at: number;
  problem: string;
  detail: string;
}

export interface SignIn {
  /** @throws UserError: one of the problems of a sign-in. */
  begin(asked: Begin): Promise<Begun>;
  /**
   * Takes what the provider sent back with the browser. A sign-in is used up by it, whatever comes of it.
   *
   * @param leaveTo where the provider sends the browser after a sign-out.
   * @throws UserError: one of the problems of a sign-in, with the path to go on at as `to` in its data.
   */
  finish(returned: URLSearchParams, browser: string | undefined, leaveTo: string): Promise<Arrived>;
  /** Reads what a provider says of itself, now. @throws UserError, OperationalError in words for administrators. */
  check(issuer: string, ca?: string): Promise<ProviderMetadata>;
  /** Why somebody was last not let in by the provider. */
  lastRefusal(provider: string): LastRefusal | undefined;
  /** Keeps why somebody was not let in. */
  refused(provider: string, thrown: unknown): void;
}

export function createSignIn({ settings, clock, allow, timeoutMs = usualTimeoutMs }: SignInDeps): SignIn {
  const pending = createPendingSignIns(clock.now);
  const known = new Map<string, { until: number; metadata: Promise<ProviderMetadata> }>();
  const refusals = new Map<string, LastRefusal>();
  const exchangeFor = (name: string, ca: string | undefined) =>
    createExchange(createHttpPort({ allow, ...(ca === undefined ? {} : { ca }) }), {
      provider: name,
      settings: 'the provider',
      timeoutMs,
    });

  function find(id: string): SignInProvider {
    const provider = settings.read().signInProviders.find((each) => each.id === id);
    if (provider?.enabled) return provider;
    throw refusal('sign-in-provider-off');
  }

  /** One that failed is asked again by whoever comes next. */
  function metadataOf({ issuer, ca, name }: SignInProvider): Promise<ProviderMetadata> {
    const key = JSON.stringify([issuer, ca]);
    const entry = known.get(key);
    if (entry !== undefined && Math.abs(entry.until - clock.now()) <= metadataLifeMs) return entry.metadata;
    const metadata = discoverProvider(issuer, exchangeFor(name, ca));
    for (const [other, { until }] of known) if (until < clock.now()) known.delete(other);
    known.set(key, { until: clock.now() + metadataLifeMs, metadata });
    metadata.catch(() => known.delete(key));
    return metadata;
  }

  function clientOf(provider: SignInProvider, metadata: ProviderMetadata) {
    const secret = provider.secret === undefined ? undefined : settings.open(provider.secret);
    const exchange = exchangeFor(provider.name, provider.ca);
    const { clientId } = provider;
    const client = providerClient({ metadata, clientId, secret, exchange, now: clock.now });
    return { exchange, client };
  }

  function refused(id: string, thrown: unknown): void {
    const error = toRefusal(thrown);
    refusals.set(id, { at: clock.now(), problem: error.code, detail: detailOf(error) });
  }

  async function exchangeCode(begun: Pending, returned: URLSearchParams, leaveTo: string) {
    const provider = find(begun.provider);
    // Set up anew meanwhile: what was begun with one provider must not end with another.
    if (provider.issuer !== begun.issuer || provider.clientId !== begun.clientId) throw refusal('sign-in-unknown');
    const library = await loadClient();
    const { exchange, client: making } = clientOf(provider, begun.metadata);
    const client = await making;
    const url = new URL(begun.redirectUri);
    url.search = returned.toString();
    const answer = await exchange.during(() =>
      library.authorizationCodeGrant(client, url, {
        pkceCodeVerifier: begun.verifier,
        expectedState: returned.get('state') ?? '',
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      }),
    );
    const claims = answer.claims();
    if (claims === undefined) throw refusal('sign-in-not-proved', `${provider.name} sent no ID token.`);
    const { userinfo_endpoint } = begun.metadata;
    const more =
      userinfo_endpoint !== undefined && isIncomplete(claims, provider)
        ? await exchange.during(() => library.fetchUserInfo(client, answer.access_token, claims.sub))
        : {};
    const hint = answer.id_token !== undefined && answer.id_token.length <= maxHintLength ? answer.id_token : undefined;
    const leaveUrl =
      provider.signsOutThere && begun.metadata.end_session_endpoint !== undefined
        ? library.buildEndSessionUrl(client, {
            post_logout_redirect_uri: leaveTo,
            ...(hint !== undefined && { id_token_hint: hint }),
          }).href
        : null;
    return { person: personOf(claims, more, provider), leaveUrl };
  }

  return {
    async begin({ provider: id, redirectUri, to, anotherAccount, formerSession, succeeded }) {
      const provider = find(id);
      try {
        const metadata = await metadataOf(provider);
        const library = await loadClient();
        const [verifier, state, nonce] = [
          library.randomPKCECodeVerifier(),
          library.randomState(),
          library.randomNonce(),
        ];
        const url = library.buildAuthorizationUrl(await clientOf(provider, metadata).client, {
          redirect_uri: redirectUri,
          scope: provider.scope,
          state,
          nonce,
          code_challenge: await library.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(anotherAccount && { prompt: askingAnew[provider.kind] }),
        });
        const browser = randomBytes(32).toString('base64url');
        const { issuer, clientId } = provider;
        const entry = { metadata, verifier, nonce, redirectUri, to: ownPath(to), formerSession, succeeded };
        pending.add(state, browser, { provider: id, issuer, clientId, ...entry });
        return { url: url.href, state, browser };
      } catch (thrown) {
        refused(id, thrown);
        throw toRefusal(thrown);
      }
    },
    async finish(returned, browser, leaveTo) {
      const begun = pending.take(returned.get('state') ?? '', browser);
      const { provider, to, formerSession, succeeded } = begun;
      try {
        return { ...(await exchangeCode(begun, returned, leaveTo)), provider, to, formerSession, succeeded };
      } catch (thrown) {
        refused(provider, thrown);
        const error = toRefusal(thrown);
        Object.assign(error.data, { to, provider });
        throw error;
      }
    },
    async check(issuer, ca) {
      try {
        return await discoverProvider(issuer, exchangeFor('The provider', ca));
      } finally {
        known.clear();
      }
    },
    lastRefusal: (id) => refusals.get(id),
    refused,
  };
}
