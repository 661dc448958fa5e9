import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openStore } from '../../runtime/store/store.ts';
import { openTempStore, tempDatabase } from './temp-store.ts';

test('a new file gets its tables, a write-ahead log and full flushing', async () => {
  const file = tempDatabase();

  const store = await openTempStore(file);

  const pragma = async (name: string) =>
    Object.values((await sql.raw(`pragma ${name}`).execute(store.write)).rows[0] ?? {});
  expect(await pragma('journal_mode')).toEqual(['wal']);
  expect(await pragma('synchronous')).toEqual([2]);
  expect(await pragma('foreign_keys')).toEqual([1]);
  const tables = await store.read.introspection.getTables();
  expect(tables.map((table) => table.name)).toEqual(
    expect.arrayContaining(['ledger', 'interactions', 'outbox', 'drafts']),
  );
});

test('opening again keeps what was committed', async () => {
  const file = tempDatabase();
  const first = await openStore(file);
  await first.commit((tx) => tx.insertInto('cursors').values({ mailbox: 'a', folder: '', value: '1' }).execute());
  await first.close();

  const second = await openTempStore(file);

  expect(await second.read.selectFrom('cursors').selectAll().execute()).toEqual([
    { mailbox: 'a', folder: '', value: '1' },
  ]);
});

test('the reading connection cannot write', async () => {
  const store = await openTempStore();

  const attempt = store.read.insertInto('cursors').values({ mailbox: 'a', folder: '', value: '1' }).execute();

  await expect(attempt).rejects.toThrow(/readonly/);
});

test('a second server on the same data is told so, in this process and in another', async () => {
  const file = tempDatabase();
  await openTempStore(file);

  const here = openStore(file);
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'open-child.ts'), file], { encoding: 'utf8' });

  await expect(here).rejects.toMatchObject({ code: 'data-in-use', name: 'UserError' });
  expect(child.stdout).toContain('data-in-use');
});

test('the data is free again as soon as the process that held it is gone, however it went', async () => {
  const file = tempDatabase();
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'open-child.ts'), file, 'die'], {
    encoding: 'utf8',
  });

  const store = await openTempStore(file);

  expect(child.signal).toBe('SIGKILL');
  expect(await store.read.selectFrom('cursors').selectAll().execute()).toEqual([]);
});

test('a file that is no database is named as what it is, and left alone', async () => {
  const file = tempDatabase();
  writeFileSync(file, 'This is a text. '.repeat(1_000));

  const attempt = openStore(file);

  await expect(attempt).rejects.toMatchObject({ code: 'data-corrupt', name: 'UserError' });
  expect(readFileSync(file, 'utf8')).toMatch(/^This is a text/);
});

test('a database with a broken page is told apart from a missing one', async () => {
  const file = tempDatabase();
  const store = await openStore(file);
  await store.close();
  const broken = openSync(file, 'r+');
  writeSync(broken, Buffer.alloc(8_000, 0xff), 0, 8_000, 100);

  const attempt = openStore(file);

  await expect(attempt).rejects.toMatchObject({ code: 'data-corrupt' });
});

test('a database of a newer version is refused with the names of what is not known', async () => {
  const file = tempDatabase();
  const store = await openStore(file);
  await store.close();
  const database = new DatabaseSync(file);
  database.exec("insert into kysely_migration values ('0999-from-the-future', '2040-01-01')");
  database.close();

  const attempt = openStore(file);

  await expect(attempt).rejects.toMatchObject({ code: 'data-newer', data: { unknown: ['0999-from-the-future'] } });
});

test('a data folder that cannot be made is an OperationalError that says what to check', async () => {
  const file = tempDatabase();
  writeFileSync(join(dirname(file), 'occupied'), '');

  const attempt = openStore(join(dirname(file), 'occupied', 'sluice.db'));

  await expect(attempt).rejects.toMatchObject({ code: 'store-unavailable', name: 'OperationalError' });
});

test('a new data folder is readable for its owner only', async () => {
  const folder = join(dirname(tempDatabase()), 'data');
  mkdirSync(dirname(folder), { recursive: true });
  chmodSync(dirname(folder), 0o755);

  await openTempStore(join(folder, 'sluice.db'));

  expect(statSync(folder).mode & 0o077).toBe(0);
});
