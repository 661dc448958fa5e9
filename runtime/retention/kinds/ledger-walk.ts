import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../store/database.ts';
import type { Place, Rule } from './kind.ts';

/**
 * The next stretch of the ledger. Its rows stand in the order in which mails came, but for clocks that were set: the walk ends where a whole stretch
 * is younger than the rule.
 *
 * @param first where to begin, so that what went long ago is not walked through every night.
 */
export async function walkLedger(
  db: Kysely<Database>,
  { cutoff }: Rule,
  place: Place,
  { rows, first, may }: { rows: number; first: RawBuilder<{ ledger: number | null }>; may: RawBuilder<boolean> },
): Promise<{ keys: number[]; next: Place }> {
  const from = place === null ? ((await first.execute(db)).rows[0]?.ledger ?? null) : Number(place);
  if (from === null) return { keys: [], next: null };
  const { rows: found } = await sql<{ id: number; accepted_at: number; may: number }>`
    select ledger.id, ledger.accepted_at, ${may} as may from ledger
    where ledger.id >= ${from} order by ledger.id limit ${sql.lit(rows)}
  `.execute(db);
  const last = found.at(-1);
  const isOver = last === undefined || found.length < rows || found.every((row) => row.accepted_at >= cutoff);
  return { keys: found.flatMap((row) => (row.may === 1 ? [row.id] : [])), next: isOver ? null : last.id + 1 };
}
