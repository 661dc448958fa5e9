import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../../runtime/store/store.ts';
import { tempDatabase } from './temp-store.ts';

const olderThanRoutes = ['0001-first-tables', '0002-traffic', '0003-shortened'];

/** As an earlier version left it: one interaction for a mail, and no route written down. */
async function earlierDatabase(): Promise<string> {
  const file = tempDatabase();
  await (await openStore(file)).close();
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  const names = database.prepare('select name from kysely_migration').all();
  for (const { name } of names) {
    if (!olderThanRoutes.includes(String(name)))
      database.prepare('delete from kysely_migration where name = ?').run(String(name));
  }
  const { sql } = database.prepare("select sql from sqlite_master where name = 'interactions'").get() ?? {};
  database.exec('drop table interactions');
  database.exec(
    String(sql)
      .replace(/, "route" text default '' not null/, '')
      .replace(/, constraint "interactions_route" unique \("ledger", "route"\)/, ', unique ("ledger")'),
  );
  database.exec(`
    insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, received_at, accepted_at, interaction)
      values (1, 'box', 'INBOX', '7:1', 'queued', '', 1, 10, 0, 0, 'ONE');
    insert into interactions (id, ledger, state, queue, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason)
      values ('ONE', 1, 'queued', 'general', 0, 0, '[]', 'Kept', 'vera@example.test', '', '', 0, 'box', '');
    insert into interaction_details (interaction, email, run) values ('ONE', '{}', '{}');`);
  database.close();
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
  const twice = store.write.insertInto('interaction_details').values({ interaction: 'NONE', email: null, run: null });
  await expect(twice.execute()).rejects.toThrow('FOREIGN KEY');
  await store.close();
  const database = new DatabaseSync(file);
  expect(database.prepare('pragma foreign_key_check').all()).toEqual([]);
  const indexes = database
    .prepare("select name from sqlite_master where type = 'index' and tbl_name = 'interactions'")
    .all();
  expect(indexes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['interactions_state', 'interactions_queue', 'interactions_leases']),
  );
  database.close();
});
