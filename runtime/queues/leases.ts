import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { longestLeaseSeconds } from '../../schemas/api/interactions.ts';
import type { Database } from '../store/database.ts';

/** How long a mail stays with whoever claims it and says nothing else; who writes an answer keeps it for so long after the last letter. */
export const usualLeaseSeconds = 900;

/** A literal, not a bound value: SQLite uses the index on leases only where the query repeats its condition. */
const isClaimed = sql<boolean>`state = 'claimed'`;

/** What ends later than any lease was claimed by a clock that has been set back since, and would last for as long as that was wrong. */
function isOver(now: number) {
  return sql<boolean>`(claimed_until <= ${now} or claimed_until > ${now + longestLeaseSeconds * 1_000})`;
}

/** Claimed mails whose lease is over, before anybody put them back. */
export async function hasExpired(db: Kysely<Database>, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('interactions')
    .select('id')
    .where(isClaimed)
    .where(isOver(now))
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
    .where(isOver(now))
    .execute();
}
