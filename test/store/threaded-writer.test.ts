import { threadId } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../runtime/store/store.ts';
import { createThreadedWriter } from '../../runtime/store/threaded-writer.ts';
import { until } from '../support/until.ts';
import { createCountingTable } from './counting-table.ts';
import { openTempStore } from './temp-store.ts';

/** A writer on the store whose context the test changes. */
function openWriter(store: Store) {
  const listeners = new Set<() => void>();
  const context = {
    text: 'first',
    read: () => context.text,
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(text: string) {
      context.text = text;
      for (const listener of listeners) listener();
    },
  };
  const logged: string[] = [];
  const { write, close } = createThreadedWriter<ReturnType<typeof createCountingTable>, string>({
    store,
    createSide: () => ({ writings: createCountingTable(context), beforeCommit: async () => {} }),
    entry: new URL('./counting-thread.ts', import.meta.url),
    context,
    log: { error: (_data, message) => logged.push(message) },
  });
  onTestFinished(close);
  let last = 0;
  const writeMany = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () => {
        last += 1;
        return write.count(`m${last}`);
      }),
    );
  /** Loads it until a writing comes back from another thread. */
  const loadUntilThreaded = () =>
    until('a thread writes', async () => (await writeMany(100)).some(({ thread }) => thread !== threadId));
  return { write, context, logged, writeMany, loadUntilThreaded, written: () => last };
}

const rows = async (store: Store) =>
  Number(
    (
      await store.read
        .selectFrom('cursors')
        .select((all) => all.fn.countAll().as('n'))
        .executeTakeFirst()
    )?.n,
  );

test('a few writings stay in the thread that asks for them', async () => {
  const { writeMany } = openWriter(await openTempStore());

  const results = await writeMany(20);

  expect(new Set(results.map(({ thread }) => thread))).toEqual(new Set([threadId]));
});

test('many go to a thread of their own, and every one of them is stored when its promise resolves', async () => {
  const store = await openTempStore();
  const { writeMany, loadUntilThreaded, written } = openWriter(store);

  await loadUntilThreaded();
  await writeMany(1_000);

  expect(await rows(store)).toBe(written());
});

test('one that throws is undone alone, and keeps its code, status and data', async () => {
  const store = await openTempStore();
  const { write, writeMany, loadUntilThreaded, written } = openWriter(store);
  await loadUntilThreaded();

  const [refused] = await Promise.allSettled([write.refuse('bad'), writeMany(50)]);

  expect(refused).toMatchObject({
    reason: { name: 'UserError', code: 'refused', status: 409, data: { mailbox: 'bad' } },
  });
  expect(await rows(store)).toBe(written());
});

test('other commits of the store take their turn while the thread is busy', async () => {
  const store = await openTempStore();
  const { writeMany, loadUntilThreaded } = openWriter(store);
  await loadUntilThreaded();
  let isBusy = true;
  const busy = (async () => {
    while (isBusy) await writeMany(50);
  })();

  for (let n = 0; n < 20; n++) {
    await store.commit((tx) =>
      tx
        .insertInto('cursors')
        .values({ mailbox: `own${n}`, folder: '', value: '' })
        .execute(),
    );
  }

  isBusy = false;
  await busy;
  const own = await store.read.selectFrom('cursors').select('mailbox').where('mailbox', 'like', 'own%').execute();
  expect(own).toHaveLength(20);
});

test('what changes outside is known in the thread before the next writing', async () => {
  const { context, writeMany, loadUntilThreaded } = openWriter(await openTempStore());
  await loadUntilThreaded();

  context.change('second');

  expect(new Set((await writeMany(10)).map((result) => result.context))).toEqual(new Set(['second']));
});

test('the side that takes over writing begins with a fresh table', async () => {
  const { writeMany, loadUntilThreaded, written } = openWriter(await openTempStore());
  await loadUntilThreaded();

  const results = await writeMany(1);

  expect(results[0]?.written).toBeLessThan(written());
});

test('if the thread dies, what it had not confirmed is rejected as worth repeating, and writing goes on', async () => {
  const store = await openTempStore();
  const { write, writeMany, loadUntilThreaded, logged } = openWriter(store);
  await loadUntilThreaded();

  await expect(write.die('at once')).rejects.toMatchObject({ name: 'OperationalError', code: 'store-failed' });

  const before = await rows(store);
  const results = await writeMany(200);
  expect(new Set(results.map(({ thread }) => thread))).toEqual(new Set([threadId]));
  expect(await rows(store)).toBe(before + 200);
  expect(logged).toEqual([expect.stringMatching(/thread that writes the database ended/)]);
});
