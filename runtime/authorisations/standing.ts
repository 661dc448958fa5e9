import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Store } from '../store/store.ts';

export interface Failure {
  code: string;
  message: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** The first of an unbroken row of failures. */
  since: number;
  /** Of the network or the provider, not of what was entered: Sluice asks again by itself, and nobody has to act yet. */
  mayPass: boolean;
}

/** How an authorisation stands with its provider. Times in milliseconds since the epoch. */
export interface Standing {
  /** Sealed. */
  refreshToken?: string;
  account?: string;
  authorisedAt?: number;
  grantedAt?: number;
  failure?: Failure;
}

/** Standings, kept in the store and read from memory. */
export interface Standings {
  load(): Promise<void>;
  get(id: string): Standing;
  /** In force at once, durable when it resolves: a refresh token that the provider has replaced must not be lost with a full disk. */
  set(id: string, standing: Standing): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createStandings(store: Pick<Store, 'read' | 'commit'>): Standings {
  const known = new Map<string, Standing>();
  return {
    async load() {
      for (const row of await store.read.selectFrom('authorisations').selectAll().execute()) {
        known.set(row.id, {
          ...(row.refresh_token !== null && { refreshToken: row.refresh_token }),
          ...(row.account !== null && { account: row.account }),
          ...(row.authorised_at !== null && { authorisedAt: row.authorised_at }),
          ...(row.granted_at !== null && { grantedAt: row.granted_at }),
          ...(row.failure !== null && { failure: readFailure(row.failure) }),
        });
      }
    },
    get: (id) => known.get(id) ?? {},
    async set(id, standing) {
      known.set(id, standing);
      const row = {
        refresh_token: standing.refreshToken ?? null,
        account: standing.account ?? null,
        authorised_at: standing.authorisedAt ?? null,
        granted_at: standing.grantedAt ?? null,
        failure: standing.failure === undefined ? null : JSON.stringify(standing.failure),
      };
      await store.commit((tx) =>
        tx
          .insertInto('authorisations')
          .values({ id, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute(),
      );
    },
    async remove(id) {
      known.delete(id);
      await store.commit((tx) => tx.deleteFrom('authorisations').where('id', '=', id).execute());
    },
  };
}

/** One that was kept before it was told apart whether it may pass is of the kind that does not. */
function readFailure(json: string): Failure {
  const kept: Pick<Failure, 'code' | 'message' | 'at'> & Partial<Failure> = JSON.parse(json);
  return { since: kept.at, mayPass: false, ...kept };
}

/** A failure as it is kept and shown; `former` is the one before it, if nothing went well in between. */
export function failureOf(thrown: unknown, now: number, former?: Failure): Failure {
  const error = coerceError(thrown);
  const code = error instanceof UserError || error instanceof OperationalError ? error.code : 'unexpected';
  return {
    code,
    message: error.message,
    at: now,
    since: former?.since ?? now,
    mayPass: error instanceof OperationalError,
  };
}
