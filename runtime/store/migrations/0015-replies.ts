import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people answer. It counts in no budget of the send guard, and is found by its thread all the same. */
export function replies(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createReplies(db);
      for (const name of ['outbox_sender', 'outbox_thread', 'outbox_mailbox'])
        await db.schema.dropIndex(name).execute();
      const counted = sql<boolean>`state <> 'withheld' and kind = 'auto-response'`;
      await sql`create index outbox_sender on outbox (lower(to_address), created_at) where ${counted}`.execute(db);
      await sql`create index outbox_thread on outbox (thread, created_at) where ${counted}`.execute(db);
      await sql`create index outbox_mailbox on outbox (mailbox, created_at) where ${counted}`.execute(db);
      const isReply = sql<boolean>`kind = 'reply'`;
      await sql`create index outbox_reply_thread on outbox (thread, created_at) where ${isReply}`.execute(db);
    },
  };
}

async function createReplies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('replies')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('interaction', 'text', (column) => column.notNull().references('interactions.id').onDelete('cascade'))
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('who_name', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('from_address', 'text', (column) => column.notNull())
    .addColumn('from_chosen', 'text')
    .addColumn('to_addresses', 'text', (column) => column.notNull())
    .addColumn('cc_addresses', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('quoted', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('held_until', 'bigint', (column) => column.notNull())
    .addColumn('finished', 'integer', (column) => column.notNull())
    .addColumn('taken_back_at', 'bigint')
    .addUniqueConstraint('replies_key', ['who', 'key'])
    .execute();
  await db.schema.createIndex('replies_interaction').on('replies').columns(['interaction', 'id']).execute();
  await db.schema
    .createTable('reply_drafts')
    .addColumn('interaction', 'text', (column) => column.notNull().references('interactions.id').onDelete('cascade'))
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('draft', 'text', (column) => column.notNull())
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('reply_drafts_key', ['interaction', 'who'])
    .execute();
}
