import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Senders who were asked to confirm that they wrote a mail. */
export function challenges(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('challenges')
        .addColumn('hash', 'text', (column) => column.primaryKey())
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('mailbox', 'text', (column) => column.notNull())
        .addColumn('interaction', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('confirmed_at', 'bigint')
        .execute();
      await db.schema.createIndex('challenges_address').on('challenges').column('address').execute();
    },
  };
}
