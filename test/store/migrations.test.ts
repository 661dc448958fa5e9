import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { migrations } from '../../runtime/store/migrations/index.ts';
import { openWriting } from '../../runtime/store/open-writing.ts';
import { NodeSqliteDialect } from '../../runtime/store/sqlite-dialect.ts';
import { openStore } from '../../runtime/store/store.ts';
import { tempDatabase } from './temp-store.ts';

/** As an earlier version left it: one interaction for a mail, and no route written down. */
async function earlierDatabase(): Promise<string> {
  const file = tempDatabase();
  const connection = openWriting(file);
  const db = new Kysely<unknown>({ dialect: new NodeSqliteDialect(connection) });
  const all = migrations({ blob: sql`blob`, idType: 'integer', countedId: (column) => column.primaryKey() });
  const earlier = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0004'));
  await new Migrator({ db, provider: { getMigrations: async () => earlier } }).migrateToLatest();
  connection.exec(`
    insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, received_at, accepted_at, interaction)
      values (1, 'box', 'INBOX', '7:1', 'queued', '', 1, 10, 0, 0, 'ONE');
    insert into interactions (id, ledger, state, queue, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason)
      values ('ONE', 1, 'queued', 'general', 0, 0, '[]', 'Kept', 'vera@example.test', '', '', 0, 'box', '');
    insert into interaction_details (interaction, email, run) values ('ONE', '{}', '{}');`);
  await db.destroy();
  return file;
}

test('a database of before keeps its interactions and all that refers to them', async () => {
  const file = await earlierDatabase();

  const store = await openStore(file);

  const rows = await store.read
    .selectFrom('interactions')
    .innerJoin('interaction_details', 'interaction_details.interaction', 'interactions.id')
    .select(['id', 'subject', 'route', 'email'])
    .execute();
  expect(rows).toEqual([{ id: 'ONE', subject: 'Kept', route: '', email: '{}' }]);
  const stray = store.write.insertInto('interaction_details').values({ interaction: 'NONE', email: null, run: null });
  await expect(stray.execute()).rejects.toThrow('FOREIGN KEY');
  expect(await store.read.selectFrom('ledger_counts').selectAll().where('mails', '>', 0).execute()).toEqual([
    { state: 'queued', mails: 1 },
  ]);
  await store.close();
  const database = new DatabaseSync(file);
  expect(database.prepare('pragma foreign_key_check').all()).toEqual([]);
  const indexes = database.prepare("select name from sqlite_master where type = 'index'").all();
  expect(indexes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['interactions_state', 'interactions_queue', 'interactions_leases', 'outbox_sender']),
  );
  database.close();
});
