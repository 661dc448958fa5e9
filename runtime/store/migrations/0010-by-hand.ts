import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people did with single mails, and how a mail is to be read that cannot be read as it came. */
export function byHand(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('interventions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        // No reference: what was done is to be known of a mail that was deleted, too.
        .addColumn('interaction', 'text', (column) => column.notNull())
        .addColumn('ledger', 'bigint', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('who', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('detail', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('interventions_interaction')
        .on('interventions')
        .columns(['interaction', 'id'])
        .execute();
      await db.schema
        .createTable('repairs')
        .addColumn('ledger', 'bigint', (column) => column.primaryKey().references('ledger.id').onDelete('cascade'))
        .addColumn('repair', 'text', (column) => column.notNull())
        .execute();
    },
  };
}
