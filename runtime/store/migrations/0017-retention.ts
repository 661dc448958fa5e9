import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What was removed by rules says so where it stood, and the runs of the rules are counted. */
export function retention(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const table of ['ledger', 'interaction_details', 'outbox']) {
        await db.schema.alterTable(table).addColumn('removed', 'text').execute();
      }
      await db.schema
        .createTable('retention_runs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('cause', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('rules', 'text', (column) => column.notNull())
        .addColumn('removed', 'text', (column) => column.notNull())
        .addColumn('error', 'text', (column) => column.notNull())
        .execute();
    },
  };
}
