import { sql } from 'kysely';

/**
 * Rows of the outbox that are answers which left or will leave: what budgets count, and what conversations hold. Its indexes by sender, thread and
 * mailbox hold no others. Written out, not bound: SQLite uses a partial index only where the query repeats its condition.
 */
export const counted = sql<boolean>`state <> 'withheld' and kind <> 'copy'`;
