import { sql } from 'kysely';
import { isEnded } from './ended.ts';
import { type Kind, listOf } from './kind.ts';
import { walkIds } from './walk-ids.ts';

/** The traces of runs: which steps were taken, and what services answered. Where the mail went stays. */
export const runs: Kind = {
  find: (db, rule, place, rows) =>
    walkIds(db, rule, place, {
      rows,
      from: sql`interactions join interaction_details on interaction_details.interaction = interactions.id`,
      may: sql<boolean>`(interaction_details.run is not null and ${isEnded('interactions', rule)})`,
    }),

  async remove(tx, keys, { removal }) {
    await sql`
      update interaction_details set run = null, removed = ${removal} where interaction in ${listOf(keys)}
    `.execute(tx);
  },
};
