import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How many mails went which way through a flow, counted in short spans of time. */
export function traffic(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('traffic')
        .addColumn('flow', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('since', 'bigint', (column) => column.notNull())
        .addColumn('sheet', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('mails', 'integer', (column) => column.notNull())
        // In this order a window of one version is one stretch of the index.
        .addPrimaryKeyConstraint('traffic_span', ['flow', 'version', 'since', 'sheet', 'action', 'outcome'])
        .execute();
      await db.schema.createIndex('traffic_since').on('traffic').column('since').execute();
    },
  };
}
