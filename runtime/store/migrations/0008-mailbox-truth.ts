import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Counts that are true whoever changes the ledger, since the database itself keeps them; alarms, and comparisons with servers. */
export function mailboxTruth(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createCounts(db);
      await createAlarms(db);
      await db.schema
        .createTable('reconciliations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('mailbox', 'text', (column) => column.notNull())
        .addColumn('cause', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('on_server', 'integer', (column) => column.notNull())
        .addColumn('missing', 'integer', (column) => column.notNull())
        .addColumn('taken', 'integer', (column) => column.notNull())
        .addColumn('doubled', 'integer', (column) => column.notNull())
        .addColumn('error', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('reconciliations_mailbox').on('reconciliations').columns(['mailbox', 'id']).execute();
    },
  };
}

async function createCounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ledger_counts')
    .addColumn('state', 'text', (column) => column.primaryKey())
    .addColumn('mails', 'integer', (column) => column.notNull())
    .execute();
  await sql`insert into ledger_counts (state, mails) select state, count(*) from ledger group by state`.execute(db);
  for (const state of ['received', 'queued', 'disconnected', 'merged', 'quarantined', 'skipped']) {
    await sql`insert into ledger_counts (state, mails) values (${sql.lit(state)}, 0) on conflict do nothing`.execute(
      db,
    );
  }
  await db.schema
    .createTable('mailbox_spans')
    .addColumn('mailbox', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('mails', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('mailbox_spans_span', ['mailbox', 'since'])
    .execute();
  await sql`
    insert into mailbox_spans (mailbox, since, mails)
    select mailbox, accepted_at - accepted_at % 600000, count(*) from ledger group by 1, 2
  `.execute(db);
  await sql`
    create trigger ledger_counts_in after insert on ledger begin
      update ledger_counts set mails = mails + 1 where state = new.state;
      insert into mailbox_spans (mailbox, since, mails)
        values (new.mailbox, new.accepted_at - new.accepted_at % 600000, 1)
        on conflict (mailbox, since) do update set mails = mails + 1;
    end
  `.execute(db);
  await sql`
    create trigger ledger_counts_change after update of state on ledger when old.state <> new.state begin
      update ledger_counts set mails = mails - 1 where state = old.state;
      update ledger_counts set mails = mails + 1 where state = new.state;
    end
  `.execute(db);
  await sql`
    create trigger ledger_counts_out after delete on ledger begin
      update ledger_counts set mails = mails - 1 where state = old.state;
    end
  `.execute(db);
}

async function createAlarms(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alarms')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mailbox', 'text')
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'bigint', (column) => column.notNull())
    .addColumn('acknowledged_at', 'bigint')
    .addColumn('acknowledged_by', 'text')
    .addColumn('cleared_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('alarms_open')
    .on('alarms')
    .column('key')
    .unique()
    .where(sql.ref('cleared_at'), 'is', null)
    .execute();
  await db.schema
    .createTable('alarm_messages')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .addColumn('error', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('alarm_messages_waiting')
    .on('alarm_messages')
    .column('next_attempt_at')
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute();
}
