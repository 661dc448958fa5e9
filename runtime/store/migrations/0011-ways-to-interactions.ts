import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which route took a mail, and why: routes change, and then nobody could tell. */
export function waysToInteractions(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('interaction_details').addColumn('way', 'text').execute();
    },
  };
}
