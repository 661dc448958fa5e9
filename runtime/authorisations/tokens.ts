import type { Authorisation } from '../../schemas/authorisation.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Exchange } from './exchange.ts';
import type { Granted } from './grants/grant-kind.ts';
import { grantKindOf } from './grants/index.ts';
import { createHold, type Hold } from './hold.ts';
import { failureOf, type Standings } from './standing.ts';

export interface TokensDeps {
  standings: Standings;
  now(): number;
  seal(secret: string): string;
  open(sealed: string): string;
  exchangeFor(authorisation: Authorisation): Exchange;
  /** After each success and each failure. */
  onStanding(authorisation: Authorisation, error: Error | undefined): void;
}

interface Token {
  token: string;
  expiresAt: number;
}

export interface Tokens {
  /** One that lives on for a while. All who ask at a time share one call of the provider. */
  get(authorisation: Authorisation, user: string, refused?: string): Promise<Token>;
  /** Keeps what a sign-in brought. */
  accept(authorisation: Authorisation, granted: Granted): Promise<void>;
  /** Every user that tokens were given for; one empty name where a token serves all. */
  users(id: string): string[];
  peek(id: string): Token | undefined;
  /** Forgets tokens and pauses: the settings changed, or somebody wants it tried anew. */
  forget(id: string): void;
}

interface Entry {
  user: string;
  token: Token | undefined;
  hold: Hold;
  running: Promise<Token> | undefined;
}

/** A token is replaced so long before its end: a login takes time, and clocks differ. Of short-lived ones, a tenth of their life. */
const earlyMs = 5 * 60_000;

export function createTokens(deps: TokensDeps): Tokens {
  const { standings, now, seal, open } = deps;
  /** By authorisation, then by user. */
  const entries = new Map<string, Map<string, Entry>>();
  /** What sign-ins and changes of the settings make void: calls that were under way. */
  const epochs = new Map<string, number>();
  const lives = new WeakMap<Token, number>();

  function entryOf(authorisation: Authorisation, user: string): Entry {
    const key = grantKindOf(authorisation).isPerUser ? user.toLowerCase() : '';
    const known = entries.get(authorisation.id) ?? new Map<string, Entry>();
    entries.set(authorisation.id, known);
    const entry = known.get(key) ?? { user: key, token: undefined, hold: createHold(), running: undefined };
    known.set(key, entry);
    return entry;
  }

  function isFresh(token: Token): boolean {
    const life = lives.get(token) ?? 0;
    return token.expiresAt - now() > Math.min(earlyMs, life / 10);
  }

  async function keep(authorisation: Authorisation, granted: Granted, isSignIn: boolean): Promise<Token> {
    const { refreshToken, account, token, expiresAt } = granted;
    if (!token) throw new OperationalError('provider-bad-answer', 'The provider answered without an access token.');
    const { failure, ...before } = standings.get(authorisation.id);
    const at = now();
    const next = {
      ...before,
      grantedAt: at,
      ...(isSignIn && { authorisedAt: at }),
      ...(account !== undefined && { account }),
      ...(refreshToken !== undefined && { refreshToken: seal(refreshToken) }),
    };
    // Before the token is used: the former refresh token may be worth nothing from now on.
    if (refreshToken !== undefined || failure !== undefined || before.grantedAt === undefined || isSignIn) {
      await standings.set(authorisation.id, next);
    }
    const made = { token, expiresAt };
    lives.set(made, expiresAt - at);
    return made;
  }

  async function request(authorisation: Authorisation, entry: Entry): Promise<Token> {
    const { id } = authorisation;
    const epoch = epochs.get(id);
    const sealed = standings.get(id).refreshToken;
    try {
      const granted = await grantKindOf(authorisation).request(authorisation, {
        exchange: deps.exchangeFor(authorisation),
        now,
        open,
        user: entry.user,
        refreshToken: sealed === undefined ? undefined : open(sealed),
      });
      // Somebody signed in anew meanwhile: what this call brought belongs to the former consent.
      if (epochs.get(id) !== epoch) {
        throw new OperationalError(
          'authorisation-changed',
          'The authorisation was changed meanwhile; Sluice tries again.',
        );
      }
      const token = await keep(authorisation, granted, false);
      entry.token = token;
      entry.hold.clear();
      deps.onStanding(authorisation, undefined);
      return token;
    } catch (thrown) {
      const error = coerceError(thrown);
      if (epochs.get(id) === epoch) await fail(authorisation, entry, error);
      throw error;
    }
  }

  async function fail(authorisation: Authorisation, entry: Entry, error: Error): Promise<void> {
    // A refused password is never tried again by itself: three times, and the account is locked.
    const isForGood = error instanceof UserError && authorisation.grant.type === 'password';
    entry.hold.failed(error, now(), isForGood);
    entry.token = undefined;
    deps.onStanding(authorisation, error);
    // A store that is full must not hide what happened.
    const standing = standings.get(authorisation.id);
    const former = standing.failure;
    const next = failureOf(error, now(), former);
    // A network that is away as well says nothing of a consent that was withdrawn.
    const failure = former?.mayPass === false && next.mayPass ? former : next;
    await standings.set(authorisation.id, { ...standing, failure }).catch(() => {});
  }

  return {
    async get(authorisation, user, refused) {
      const entry = entryOf(authorisation, user);
      const { token } = entry;
      if (token !== undefined && token.token !== refused && isFresh(token)) return token;
      if (entry.running === undefined) {
        entry.hold.check(now());
        entry.running = request(authorisation, entry).finally(() => {
          entry.running = undefined;
        });
      }
      return await entry.running;
    },
    async accept(authorisation, granted) {
      this.forget(authorisation.id);
      const token = await keep(authorisation, granted, true);
      entryOf(authorisation, '').token = token;
      deps.onStanding(authorisation, undefined);
    },
    users: (id) => [...(entries.get(id)?.keys() ?? [])],
    peek: (id) => [...(entries.get(id)?.values() ?? [])].find(({ token }) => token !== undefined)?.token,
    forget(id) {
      epochs.set(id, (epochs.get(id) ?? 0) + 1);
      entries.delete(id);
    },
  };
}
