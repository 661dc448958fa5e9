import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What lists of a million mails need: their order within a mailbox and a queue, and an index of what subjects and senders hold. That index is
 * filled afterwards, little by little (see `intake/search-index.ts`): neither a mail nor the first start waits for it.
 */
export function finding(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.createIndex('interactions_of_mailbox').on('interactions').columns(['mailbox', 'id']).execute();
      await db.schema
        .createIndex('interactions_of_queue')
        .on('interactions')
        .columns(['queue', 'id'])
        .where(sql.ref('queue'), 'is not', null)
        .execute();
      // The ledger's id is the row's own number, which every index of SQLite ends with.
      await db.schema.createIndex('ledger_mailbox').on('ledger').column('mailbox').execute();

      // By ledger id, three letters at a time, without places and without the text: what it finds is looked at again in the mails themselves.
      await sql`
        create virtual table mail_search using fts5(
          words, content='', contentless_delete=1, detail=none, tokenize='trigram'
        )
      `.execute(db);
      await db.schema
        .createTable('search_progress')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('indexed', 'bigint', (column) => column.notNull())
        .execute();
      await sql`
        insert into search_progress (id, indexed)
        values (1, (select coalesce(min(ledger) - 1, 0) from interactions))
      `.execute(db);
      await db.schema
        .createTable('search_again')
        .addColumn('ledger', 'bigint', (column) => column.primaryKey())
        .execute();
      await createTriggers(db);
    },
  };
}

/** Mails that settle late, or are read anew, stand behind the place that the index has come to. */
async function createTriggers(db: Kysely<unknown>): Promise<void> {
  const isBehind = sql`new.ledger <= (select indexed from search_progress)`;
  const note = sql`insert or ignore into search_again (ledger) values (new.ledger)`;
  await sql`create trigger search_late after insert on interactions when ${isBehind} begin ${note}; end`.execute(db);
  await sql`
    create trigger search_changed after update of subject, from_address on interactions
    when (new.subject <> old.subject or new.from_address <> old.from_address) and ${isBehind} begin ${note}; end
  `.execute(db);
}
