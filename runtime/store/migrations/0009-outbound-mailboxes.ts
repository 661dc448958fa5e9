import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Through which of several outbound mailboxes a mail leaves, and since when it waits; and what servers report of it later. */
export function outboundMailboxes(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('outbox')
        .addColumn('outbound', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
      await db.schema
        .alterTable('outbox')
        .addColumn('queued_at', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
      await sql`update outbox set queued_at = created_at`.execute(db);
      await db.schema.dropIndex('outbox_due').execute();
      // Only what waits stands in them, so they cost nothing for the millions that were sent.
      for (const column of ['next_attempt_at', 'queued_at']) {
        await db.schema
          .createIndex(`outbox_waiting_${column}`)
          .on('outbox')
          .columns(['outbound', column])
          .where(sql.ref('state'), '=', sql.lit('waiting'))
          .execute();
      }
      await db.schema
        .createTable('delivery_reports')
        .addColumn('outbox', 'text', (column) => column.notNull().references('outbox.id').onDelete('cascade'))
        .addColumn('interaction', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('proof', 'text', (column) => column.notNull())
        .addColumn('reported_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('delivery_reports_mail', ['outbox', 'interaction'])
        .execute();
    },
  };
}
