import type { Store } from '../../store/store.ts';
import type { WallClock } from '../services.ts';
import { createSecretToken, hashToken } from './secret-tokens.ts';

/** Ends after a night and a weekend of not being used, and in any case after 30 days. */
const idleMs = 3 * 24 * 3_600_000;
const longestMs = 30 * 24 * 3_600_000;

/** The expiry is moved on at most this often: a page with live lists would otherwise write at every request. */
const renewalMs = 15 * 60_000;

/** How somebody came in by a provider: its id, and where a sign-out ends the session there, sealed. */
export interface CameBy {
  provider: string;
  leaveUrl: string | null;
}

/** Sessions in the store, known by the hash of their token. */
export interface Sessions {
  /** Always a new token: one that was planted in the browser before the login opens nothing. */
  start(user: string, by?: CameBy): Promise<{ token: string; maxAgeSeconds: number }>;
  /** The user's id, or null if the session is unknown or has ended. */
  userOf(token: string): Promise<string | null>;
  /** Answers how the session began; null where it was by a password, or unknown. */
  end(token: string): Promise<CameBy | null>;
  endAllOf(user: string): Promise<void>;
}

export function createSessions(store: Pick<Store, 'read' | 'commit'>, clock: WallClock): Sessions {
  return {
    async start(user, by) {
      const token = createSecretToken();
      const now = clock.now();
      await store.commit(async (tx) => {
        await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute();
        const row = {
          hash: hashToken(token),
          user,
          created_at: now,
          expires_at: now + idleMs,
          provider: by?.provider ?? null,
          leave_url: by?.leaveUrl ?? null,
        };
        await tx.insertInto('sessions').values(row).execute();
      });
      return { token, maxAgeSeconds: longestMs / 1000 };
    },

    async userOf(token) {
      const hash = hashToken(token);
      const now = clock.now();
      const session = await store.read.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (session === undefined || session.expires_at <= now) return null;
      const expires = Math.min(now + idleMs, session.created_at + longestMs);
      if (expires - session.expires_at >= renewalMs) {
        await store.commit(async (tx) => {
          await tx.updateTable('sessions').set({ expires_at: expires }).where('hash', '=', hash).execute();
        });
      }
      return session.user;
    },

    async end(token) {
      const hash = hashToken(token);
      const session = await store.read.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
      await store.commit(async (tx) => {
        await tx.deleteFrom('sessions').where('hash', '=', hash).execute();
      });
      const { provider, leave_url } = session ?? { provider: null, leave_url: null };
      return provider === null ? null : { provider, leaveUrl: leave_url };
    },

    async endAllOf(user) {
      await store.commit(async (tx) => {
        await tx.deleteFrom('sessions').where('user', '=', user).execute();
      });
    },
  };
}
