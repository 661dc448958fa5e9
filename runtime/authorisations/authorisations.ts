import type { Discovered } from '../../schemas/api/authorisations.ts';
import type { Topic } from '../../schemas/api/system.ts';
import type { Authorisation } from '../../schemas/authorisation.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { createHttpPort } from '../egress/http.ts';
import type { Store } from '../store/store.ts';
import type { GetToken } from './credentials.ts';
import { discover } from './discover.ts';
import { createExchange } from './exchange.ts';
import { type Expiry, expiriesOf } from './expiries.ts';
import { grantKindOf } from './grants/index.ts';
import { createSignIns, type SignIns } from './sign-ins.ts';
import { createStandings, type Failure, failureOf, type Standing } from './standing.ts';
import { createTokens } from './tokens.ts';

/** How often tokens are looked after: one that cannot be replaced is found out before a mailbox needs it. */
const lookMs = 30_000;

export interface AuthorisationsDeps {
  settings: {
    read(): Settings;
    seal(secret: string): string;
    open(sealed: string): string;
    onChange(listener: (settings: Settings, before: Settings) => void): () => void;
  };
  store: Pick<Store, 'read' | 'commit'>;
  clock: { now(): number };
  /** `host:port` pairs in private ranges that providers may have. */
  allow: () => readonly string[];
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
  onChange(topic: Topic): void;
  /** How long a provider may take to answer, for tests, which cannot wait as long as people do. */
  timeoutMs?: number;
}

interface AuthorisationStatus {
  state: 'authorised' | 'needs-authorising' | 'failing' | 'untried';
  account?: string;
  authorisedAt?: number;
  /** End of the token at hand, if there is one. */
  tokenExpiresAt?: number;
  failure?: Failure;
  /** Why the last sign-in in a browser came to nothing. */
  signInFailure?: Failure;
  expiries: Expiry[];
}

export interface Authorisations {
  /** Reads how the authorisations stand, and looks after their tokens from then on. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A token with some life left. @throws UserError `authorisation-not-found`, `needs-authorising` and others in words. */
  token: GetToken;
  status(authorisation: Authorisation): AuthorisationStatus;
  /** Asks the provider at once, whatever happened before. Rejects like `token`. */
  attempt(id: string, user: string): Promise<void>;
  beginSignIn(id: string, redirectUri: string): ReturnType<SignIns['begin']>;
  /** Takes what the provider sent back; resolves with the authorisation. */
  finishSignIn(state: string, returned: URLSearchParams): Promise<Authorisation>;
  ownerOf: SignIns['ownerOf'];
  /** What a provider says of itself at its well-known address (RFC 8414). */
  discover(issuer: string, ca?: string): Promise<Discovered>;
}

export function createAuthorisations(deps: AuthorisationsDeps): Authorisations {
  const { settings, clock, log } = deps;
  const standings = createStandings(deps.store);
  const failing = new Set<string>();
  const refusedSignIns = new Map<string, Failure>();
  const exchangeFor = ({ name, ca }: Pick<Authorisation, 'name' | 'ca'>) =>
    createExchange(createHttpPort({ allow: deps.allow, ...(ca === undefined ? {} : { ca }) }), {
      provider: name,
      timeoutMs: deps.timeoutMs,
    });
  const tokens = createTokens({
    standings,
    now: clock.now,
    seal: settings.seal,
    open: settings.open,
    exchangeFor,
    onStanding({ id, name }, error) {
      if (error === undefined && failing.delete(id)) log.info({ authorisation: name }, 'the authorisation works again');
      if (error !== undefined && !failing.has(id)) {
        failing.add(id);
        log.warn({ authorisation: name, error: error.message }, 'the authorisation gives no token');
      }
      deps.onChange('authorisations');
    },
  });
  const signIns = createSignIns({ now: clock.now, open: settings.open, exchangeFor });
  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  let looking: Promise<unknown> = Promise.resolve();

  function find(id: string): Authorisation {
    const authorisation = settings.read().authorisations.find((each) => each.id === id);
    if (authorisation !== undefined) return authorisation;
    throw new UserError('authorisation-not-found', `There is no authorisation "${id}". Choose another one.`, {
      status: 404,
    });
  }

  /** Replaces what is about to end; a failure shows in the state, and is nothing to throw here. */
  async function lookAfter(): Promise<void> {
    const wanted = settings.read().authorisations.flatMap((authorisation) => {
      const kind = grantKindOf(authorisation);
      const isSignedIn = !kind.isInteractive || standings.get(authorisation.id).refreshToken !== undefined;
      if (!isSignedIn) return [];
      const users = kind.isPerUser ? tokens.users(authorisation.id) : [''];
      return users.map((user) => tokens.get(authorisation, user).catch(() => {}));
    });
    await Promise.all(wanted);
  }

  async function onSettings(next: Settings, before: Settings): Promise<void> {
    const former = new Map(before.authorisations.map((each) => [each.id, each]));
    for (const authorisation of next.authorisations) {
      const known = former.get(authorisation.id);
      former.delete(authorisation.id);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(authorisation))
        tokens.forget(authorisation.id);
    }
    for (const id of former.keys()) {
      tokens.forget(id);
      await standings.remove(id);
    }
  }

  return {
    async start() {
      await standings.load();
      stopListening = settings.onChange((next, before) => {
        if (next.authorisations === before.authorisations) return;
        onSettings(next, before).catch((error: unknown) =>
          log.warn({ error: String(error) }, 'what a deleted authorisation had at its provider could not be removed'),
        );
        deps.onChange('authorisations');
      });
      const look = () => {
        looking = lookAfter();
      };
      timer = setInterval(look, lookMs).unref();
      look();
    },
    async stop() {
      clearInterval(timer);
      stopListening?.();
      await looking;
    },
    async token(id, user, refused) {
      return await tokens.get(find(id), user, refused);
    },
    status(authorisation) {
      const standing = standings.get(authorisation.id);
      const { account, authorisedAt, failure } = standing;
      const signInFailure = refusedSignIns.get(authorisation.id);
      const tokenExpiresAt = tokens.peek(authorisation.id)?.expiresAt;
      return {
        state: stateOf(authorisation, standing),
        ...(account !== undefined && { account }),
        ...(authorisedAt !== undefined && { authorisedAt }),
        ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
        ...(failure !== undefined && { failure }),
        ...(signInFailure !== undefined && { signInFailure }),
        expiries: expiriesOf(authorisation, clock.now()),
      };
    },
    async attempt(id, user) {
      const authorisation = find(id);
      tokens.forget(id);
      await tokens.get(authorisation, user);
    },
    async beginSignIn(id, redirectUri) {
      const begun = await signIns.begin(find(id), redirectUri);
      refusedSignIns.delete(id);
      return begun;
    },
    ownerOf: signIns.ownerOf,
    discover: (issuer, ca) => discover(issuer, exchangeFor({ name: 'The provider', ...(ca && { ca }) })),
    async finishSignIn(state, returned) {
      const authorisation = find(signIns.ownerOf(state));
      try {
        await tokens.accept(authorisation, await signIns.finish(authorisation, state, returned));
      } catch (thrown) {
        refusedSignIns.set(authorisation.id, failureOf(thrown, clock.now()));
        deps.onChange('authorisations');
        throw thrown;
      }
      return authorisation;
    },
  };
}

function stateOf(
  authorisation: Authorisation,
  { failure, refreshToken, grantedAt }: Standing,
): AuthorisationStatus['state'] {
  if (failure?.code === 'needs-authorising') return 'needs-authorising';
  if (grantKindOf(authorisation).isInteractive && refreshToken === undefined) return 'needs-authorising';
  if (failure !== undefined) return 'failing';
  return grantedAt === undefined ? 'untried' : 'authorised';
}
