import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** A literal, not a bound value: SQLite uses the index on leases only where the query repeats its condition. */
const isClaimed = sql<boolean>`state = 'claimed'`;

/** Claimed mails whose lease is over, before anybody put them back. */
export async function hasExpired(db: Kysely<Database>, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('interactions')
    .select('id')
    .where(isClaimed)
    .where('claimed_until', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Puts mails whose lease is over back into their queues, at the places that they had. */
export async function returnExpired(tx: Transaction<Database>, now: number): Promise<void> {
  await tx
    .updateTable('interactions')
    .set({ state: 'queued', claimed_by: null, claimed_until: null })
    .where(isClaimed)
    .where('claimed_until', '<=', now)
    .execute();
}
