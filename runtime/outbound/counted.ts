import { sql } from 'kysely';

/**
 * Rows of the outbox that are answers of flows which left or will leave: what budgets count. Its indexes by sender, thread and mailbox hold
 * no others. Written out, not bound: SQLite uses a partial index only where the query repeats its condition.
 */
export const counted = sql<boolean>`state <> 'withheld' and kind = 'auto-response'`;

/** What people answered, in an index by thread of its own. */
export const isReply = sql<boolean>`kind = 'reply'`;
