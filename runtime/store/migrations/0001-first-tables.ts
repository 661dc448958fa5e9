import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

/** Mails on their way: ledger, interactions, outbox; flows' versions and drafts; sessions. */
export function firstTables(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createLedger(db, types);
      await createInteractions(db);
      await createOutbox(db, types);
      await createFlows(db);
      await createSessions(db);
    },
  };
}

async function createLedger(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('ledger')
    .addColumn('id', types.idType, types.countedId)
    .addColumn('mailbox', 'text', (column) => column.notNull())
    .addColumn('folder', 'text', (column) => column.notNull())
    .addColumn('server_key', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('envelope', 'text')
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('interaction', 'text')
    .addUniqueConstraint('ledger_server_key', ['mailbox', 'folder', 'server_key'])
    .execute();
  await db.schema.createIndex('ledger_state').on('ledger').columns(['state', 'id']).execute();
  // Only what is still under way stands in it, so it costs nothing for the millions that are settled.
  await db.schema
    .createIndex('ledger_received')
    .on('ledger')
    .column('interaction')
    .where(sql.ref('state'), '=', sql.lit('received'))
    .execute();

  await db.schema
    .createTable('raw_mails')
    .addColumn('ledger', types.idType, (column) => column.primaryKey().references('ledger.id').onDelete('cascade'))
    .addColumn('bytes', types.blob, (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('cursors')
    .addColumn('mailbox', 'text', (column) => column.notNull())
    .addColumn('folder', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('cursors_folder', ['mailbox', 'folder'])
    .execute();
}

async function createInteractions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('interactions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    // Unique: whatever is repeated after a crash, one server message never becomes two interactions.
    .addColumn('ledger', 'bigint', (column) => column.notNull().unique().references('ledger.id'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('queue', 'text')
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('rank', 'bigint', (column) => column.notNull())
    .addColumn('skills', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('from_address', 'text', (column) => column.notNull())
    .addColumn('from_name', 'text', (column) => column.notNull())
    .addColumn('preview', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('mailbox', 'text', (column) => column.notNull())
    .addColumn('flow', 'text')
    .addColumn('version', 'integer')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_until', 'bigint')
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema.createIndex('interactions_state').on('interactions').columns(['state', 'id']).execute();
  await db.schema
    .createIndex('interactions_queue')
    .on('interactions')
    .columns(['queue', 'state', 'rank', 'received_at', 'ledger'])
    .execute();
  await db.schema
    .createIndex('interactions_leases')
    .on('interactions')
    .column('claimed_until')
    .where(sql.ref('state'), '=', sql.lit('claimed'))
    .execute();

  await db.schema
    .createTable('interaction_details')
    .addColumn('interaction', 'text', (column) => column.primaryKey().references('interactions.id').onDelete('cascade'))
    .addColumn('email', 'text')
    .addColumn('run', 'text')
    .execute();
}

async function createOutbox(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('interaction', 'text', (column) => column.notNull().references('interactions.id'))
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mailbox', 'text', (column) => column.notNull())
    .addColumn('to_address', 'text', (column) => column.notNull())
    .addColumn('thread', 'text', (column) => column.notNull())
    .addColumn('from_address', 'text', (column) => column.notNull())
    .addColumn('envelope_from', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('raw', types.blob, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint')
    .addColumn('sent_at', 'bigint')
    .addUniqueConstraint('outbox_effect', ['interaction', 'action', 'ordinal'])
    .execute();
  await db.schema.createIndex('outbox_state').on('outbox').columns(['state', 'id']).execute();
  await db.schema.createIndex('outbox_due').on('outbox').columns(['state', 'next_attempt_at']).execute();
  // For the send guard's budgets: withheld rows do not count, and a storm makes very many of them.
  await db.schema
    .createIndex('outbox_sender')
    .on('outbox')
    .expression(sql`lower(to_address), created_at`)
    .where(sql.ref('state'), '<>', sql.lit('withheld'))
    .execute();
  await db.schema
    .createIndex('outbox_thread')
    .on('outbox')
    .columns(['thread', 'created_at'])
    .where(sql.ref('state'), '<>', sql.lit('withheld'))
    .execute();
  await db.schema
    .createIndex('outbox_mailbox')
    .on('outbox')
    .columns(['mailbox', 'created_at'])
    .where(sql.ref('state'), '<>', sql.lit('withheld'))
    .execute();
}

async function createFlows(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('flow_versions')
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('published_at', 'bigint', (column) => column.notNull())
    .addColumn('git_commit', 'text')
    .addPrimaryKeyConstraint('flow_versions_version', ['flow', 'version'])
    .execute();

  await db.schema
    .createTable('drafts')
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('base_version', 'integer')
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('drafts_owner', ['flow', 'user'])
    .execute();
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
}
