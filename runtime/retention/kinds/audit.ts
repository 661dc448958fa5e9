import { sql } from 'kysely';
import { type Kind, listOf } from './kind.ts';
import { walkIds } from './walk-ids.ts';

export const audit: Kind = {
  find: (db, rule, place, rows) =>
    walkIds(db, rule, place, { rows, from: sql`audit`, may: sql<boolean>`(at < ${rule.cutoff})` }),

  async remove(tx, keys) {
    await sql`delete from audit where id in ${listOf(keys)}`.execute(tx);
  },
};
