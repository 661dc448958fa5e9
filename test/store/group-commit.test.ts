import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { sql, type Transaction } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '../../runtime/store/database.ts';
import { openStore, type Store } from '../../runtime/store/store.ts';
import { openTempStore, tempDatabase } from './temp-store.ts';

const insert = (tx: Transaction<Database>, mailbox: string, value = '') =>
  tx.insertInto('cursors').values({ mailbox, folder: '', value }).execute();

test('what is committed is in the file when commit resolves', async () => {
  const file = tempDatabase();
  const store = await openTempStore(file);

  const result = await store.commit(async (tx) => {
    await insert(tx, 'a');
    return 42;
  });

  const other = new DatabaseSync(file, { readOnly: true });
  expect(other.prepare('select mailbox from cursors').all()).toEqual([{ mailbox: 'a' }]);
  expect(result).toBe(42);
  other.close();
});

test('works that are asked for together share commits', async () => {
  const file = tempDatabase();
  const store = await openTempStore(file);
  const before = commitsIn(file);

  await Promise.all(Array.from({ length: 400 }, (_, n) => store.commit((tx) => insert(tx, `m${n}`))));

  expect(commitsIn(file) - before).toBe(1);
  expect(await count(store)).toBe(400);
});

test('works that come while a commit is under way share the next one', async () => {
  const file = tempDatabase();
  const store = await openTempStore(file);
  const before = commitsIn(file);
  const later: Promise<unknown>[] = [];

  await store.commit(async (tx) => {
    for (let n = 0; n < 10; n += 1) later.push(store.commit((next) => insert(next, `later-${n}`)));
    await insert(tx, 'first');
  });
  await Promise.all(later);

  expect(commitsIn(file) - before).toBe(2);
  expect(await count(store)).toBe(11);
});

test('a work that fails is undone alone, and its error is its own', async () => {
  const store = await openTempStore();

  const results = await Promise.allSettled([
    store.commit((tx) => insert(tx, 'a')),
    store.commit(async (tx) => {
      await insert(tx, 'b');
      throw new Error('mine');
    }),
    store.commit(async (tx) => {
      await insert(tx, 'c');
      await insert(tx, 'c');
    }),
    store.commit((tx) => insert(tx, 'd')),
  ]);

  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { message: 'mine' } });
  expect(results[2]).toMatchObject({ reason: { message: expect.stringContaining('UNIQUE') } });
  const rows = await store.read.selectFrom('cursors').select('mailbox').execute();
  expect(rows.map((row) => row.mailbox)).toEqual(['a', 'd']);
});

test('nothing of a group is visible before its commit', async () => {
  const store = await openTempStore();
  let seen = -1;

  await Promise.all([
    store.commit((tx) => insert(tx, 'a')),
    store.commit(async () => {
      seen = await count(store);
    }),
  ]);

  expect(seen).toBe(0);
  expect(await count(store)).toBe(1);
});

test('a full database rejects with store-full, loses nothing that stood, and works again when there is room', async () => {
  const store = await openTempStore();
  await store.commit((tx) => insert(tx, 'before'));
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(store.write);
  await sql.raw(`pragma max_page_count = ${(pages.rows[0]?.page_count ?? 0) + 8}`).execute(store.write);

  const results = await Promise.allSettled([
    store.commit((tx) => insert(tx, 'small')),
    store.commit((tx) => insert(tx, 'large', 'x'.repeat(1_000_000))),
  ]);
  await sql`pragma max_page_count = 1000000`.execute(store.write);
  await store.commit((tx) => insert(tx, 'after', 'x'.repeat(1_000_000)));

  expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'store-full', name: 'OperationalError' } });
  const kept = (await store.read.selectFrom('cursors').select('mailbox').execute()).map((row) => row.mailbox);
  expect(kept).toEqual(expect.arrayContaining(['before', 'after']));
  expect(kept.includes('small')).toBe(results[0]?.status === 'fulfilled');
});

test('a disk that is really full rejects, keeps what was committed, and takes mail again after it was cleared', (context) => {
  const mounted = mkdtempSync(join(tmpdir(), 'sluice-full-'));
  const script = `mount -t tmpfs -o size=6m tmpfs ${mounted} && exec "${process.execPath}" "${join(import.meta.dirname, 'full-disk-child.ts')}" ${mounted}`;

  const child = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script], {
    encoding: 'utf8',
  });
  if (child.error !== undefined || /unshare|mount:/.test(child.stderr)) {
    context.skip('no small file system of one’s own can be mounted here');
  }

  expect(child.stderr).toBe('');
  expect(JSON.parse(child.stdout)).toEqual({
    code: 'store-full',
    name: 'OperationalError',
    lost: 0,
    again: true,
    check: 'ok',
  });
});

test('what was reported as committed survives SIGKILL, whole', async () => {
  const file = tempDatabase();

  for (let round = 0; round < 5; round += 1) {
    const reported = await commitUntilKilled(file, 40 + round * 37);
    const store = await openStore(file);
    const rows = await store.read.selectFrom('cursors').select(['mailbox', 'folder']).execute();
    await store.close();
    const stored = new Set(rows.map((row) => `${row.mailbox}/${row.folder}`));
    // Each work writes a pair: one half alone would be a work that was cut through.
    expect(reported.filter((key) => !stored.has(`${key}/one`) || !stored.has(`${key}/two`))).toEqual([]);
    expect(rows.length % 2).toBe(0);
    expect(reported.length).toBeGreaterThan(0);
  }
});

async function count(store: Store): Promise<number> {
  return (await store.read.selectFrom('cursors').select('mailbox').execute()).length;
}

/** Frames of the write-ahead log that end a transaction: https://www.sqlite.org/fileformat2.html#walformat */
function commitsIn(file: string): number {
  const log = readFileSync(`${file}-wal`);
  const pageSize = log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + 24 <= log.length; at += 24 + pageSize) {
    const ofThisLog = log.subarray(at + 8, at + 16).equals(log.subarray(16, 24));
    if (ofThisLog && log.readUInt32BE(at + 4) !== 0) commits += 1;
  }
  return commits;
}

/** Runs a child that commits without end, kills it after so many reports, and returns what it had reported by then. */
async function commitUntilKilled(file: string, reports: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'commit-child.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === reports) child.kill('SIGKILL');
  }
  return lines;
}
