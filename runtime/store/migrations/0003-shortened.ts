import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Mails that were taken with their head and first text only. */
export function shortened(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('ledger').addColumn('whole_size', 'bigint').execute();
    },
  };
}
