import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../store/database.ts';
import { idAt } from './ended.ts';
import type { Place, Rule } from './kind.ts';

/** The next stretch of a table whose ids tell when its rows were made. */
export async function walkIds(
  db: Kysely<Database>,
  { cutoff }: Rule,
  place: Place,
  { rows, from, may }: { rows: number; from: RawBuilder<unknown>; may: RawBuilder<boolean> },
): Promise<{ keys: string[]; next: Place }> {
  const { rows: found } = await sql<{ id: string; may: number }>`
    select id, ${may} as may from ${from}
    where id > ${place ?? ''} and id < ${idAt(cutoff)} order by id limit ${sql.lit(rows)}
  `.execute(db);
  const last = found.at(-1);
  return {
    keys: found.flatMap((row) => (row.may === 1 ? [row.id] : [])),
    next: last === undefined || found.length < rows ? null : last.id,
  };
}
