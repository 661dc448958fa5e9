import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../store/database.ts';

/** What a rule comes to at one moment. */
export interface Rule {
  /** Milliseconds since the epoch: what was done with before it goes. */
  cutoff: number;
  /** JSON of the Removal that stays where something is gone. */
  removal: string;
}

/** Where a walk stands; it begins with null. */
export type Place = string | number | null;

/** One thing that there are rules about. It is walked through in its own order, a stretch at a time. */
export interface Kind {
  /** The next stretch: the keys in it that may go, and where the one after it begins; null at the end. Reads no more than `rows` rows. */
  find(
    db: Kysely<Database>,
    rule: Rule,
    place: Place,
    rows: number,
  ): Promise<{ keys: readonly (string | number)[]; next: Place }>;
  /** Removes these, found in the same transaction. */
  remove(tx: Transaction<Database>, keys: readonly (string | number)[], rule: Rule): Promise<void>;
}

/** Keys for a condition. They are our own, and there are at most as many as in one stretch. */
export function listOf(keys: readonly (string | number)[]): RawBuilder<unknown> {
  return sql`(${sql.join(keys)})`;
}
