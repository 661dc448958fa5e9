import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createQueues } from '../../runtime/queues/queues.ts';
import { rank } from '../../runtime/queues/rank.ts';
import type { Store } from '../../runtime/store/store.ts';
import { openTempStore } from '../store/temp-store.ts';

interface Waiting {
  receivedAt: number;
  priority: number;
}

const minute = 60_000;

async function setUp() {
  const store = await openTempStore();
  const clock = {
    time: 1_800_000_000_000,
    now() {
      return this.time;
    },
  };
  const changes: string[] = [];
  const log = { error: () => {} };
  const queues = createQueues({ store, clock, log, onChange: (topic) => changes.push(topic) });
  return { store, clock, queues, changes };
}

/** Puts mails into a queue as settle would; returns their ids, in the order given. */
async function enqueue(store: Store, queue: string, mails: readonly Waiting[]): Promise<string[]> {
  return store.commit(async (tx) => {
    const ids: string[] = [];
    for (const { receivedAt, priority } of mails) {
      const ledger = await tx
        .insertInto('ledger')
        .values({
          mailbox: 'm',
          folder: queue,
          server_key: `${queue}-${ids.length}-${receivedAt}-${priority}`,
          state: 'queued',
          reason: '',
          attempts: 1,
          size: 1,
          envelope: null,
          received_at: receivedAt,
          accepted_at: receivedAt,
          settled_at: receivedAt,
          interaction: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const id = `${queue}-${String(ledger.id).padStart(6, '0')}`;
      ids.push(id);
      await tx
        .insertInto('interactions')
        .values({
          id,
          ledger: ledger.id,
          state: 'queued',
          queue,
          priority,
          rank: rank(receivedAt, priority),
          skills: '[]',
          subject: id,
          from_address: 'a@example.test',
          from_name: '',
          preview: '',
          received_at: receivedAt,
          mailbox: 'm',
          flow: null,
          version: null,
          reason: '',
          claimed_by: null,
          claimed_until: null,
          finished_at: null,
        })
        .execute();
    }
    return ids;
  });
}

test('mails are handed out by rank, then arrival, then ledger, whatever the page size: by claiming and by listing alike', async () => {
  const { store, queues } = await setUp();
  const base = 1_800_000_000_000;
  // Few distinct values, so that ties of every kind come up; and the two ends of the range of priorities.
  const mail = fc.record({
    receivedAt: fc.integer({ min: 0, max: 3 }).map((n) => base + n * minute),
    priority: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(-25_000_000, 25_000_000)),
  });
  let round = 0;

  await fc.assert(
    fc.asyncProperty(
      fc.array(mail, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 7 }),
      async (mails, limit) => {
        round += 1;
        const queue = `q${round}`;
        const ids = await enqueue(store, queue, mails);
        const expected = mails
          .map((entry, index) => ({ ...entry, index, id: ids[index] }))
          .sort(
            (a, b) =>
              a.receivedAt - a.priority * minute - (b.receivedAt - b.priority * minute) ||
              a.receivedAt - b.receivedAt ||
              a.index - b.index,
          )
          .map((entry) => entry.id);

        const listed: string[] = [];
        let after: string | undefined;
        do {
          const page = await queues.list(queue, { limit, ...(after === undefined ? {} : { after }) });
          listed.push(...page.items.map((item) => item.id));
          after = page.next ?? undefined;
        } while (after !== undefined);
        const claimed: (string | undefined)[] = [];
        for (let n = 0; n <= mails.length; n += 1) claimed.push((await queues.claimNext(queue, 'ann', minute))?.id);

        expect(listed).toEqual(expected);
        expect(claimed).toEqual([...expected, undefined]);
      },
    ),
    { numRuns: 60 },
  );
});

test('a priority of ten overtakes mail that waited up to ten minutes longer, not one that waited eleven', async () => {
  const { store, queues, clock } = await setUp();
  const now = clock.now();
  const ids = await enqueue(store, 'q', [
    { receivedAt: now - 11 * minute, priority: 0 },
    { receivedAt: now - 9 * minute, priority: 0 },
    { receivedAt: now, priority: 10 },
  ]);

  const page = await queues.list('q', {});

  expect(page.items.map((item) => item.id)).toEqual([ids[0], ids[2], ids[1]]);
});

test('claimers at the same time never get the same mail, and together get all', async () => {
  const { store, queues, clock } = await setUp();
  const ids = await enqueue(
    store,
    'q',
    Array.from({ length: 100 }, (_, n) => ({ receivedAt: clock.now() + n, priority: n % 3 })),
  );

  const results = await Promise.all(
    Array.from({ length: 20 }, async (_, agent) => {
      const got: string[] = [];
      for (;;) {
        const claimed = await queues.claimNext('q', `agent-${agent}`, minute);
        if (claimed === null) return got;
        got.push(claimed.id);
      }
    }),
  );

  expect(results.flat().sort()).toEqual([...ids].sort());
});

test('of many that claim this one mail, one gets it and the others are told who has it', async () => {
  const { store, queues, clock } = await setUp();
  const [id = ''] = await enqueue(store, 'q', [{ receivedAt: clock.now(), priority: 0 }]);

  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, agent) => queues.claim(id, `agent-${agent}`, minute)),
  );

  const won = results.filter((result) => result.status === 'fulfilled');
  expect(won).toHaveLength(1);
  const winner = won[0]?.value.claimedBy;
  for (const result of results.filter((candidate) => candidate.status === 'rejected')) {
    expect(result.reason).toMatchObject({ code: 'already-claimed', status: 409, data: { claimedBy: winner } });
  }
});

test('a lease that is over gives the mail back to its place, and its former holder can no longer finish it', async () => {
  const { store, queues, clock } = await setUp();
  const [first = '', second = ''] = await enqueue(store, 'q', [
    { receivedAt: clock.now(), priority: 0 },
    { receivedAt: clock.now() + 1, priority: 0 },
  ]);
  await queues.claimNext('q', 'ann', minute);

  clock.time += minute;

  expect((await queues.list('q', {})).items.map((item) => item.id)).toEqual([first, second]);
  await expect(queues.finish(first, 'ann')).rejects.toMatchObject({ code: 'not-claimed', status: 409 });
  expect(await queues.claimNext('q', 'bob', minute)).toMatchObject({ id: first, claimedBy: 'bob' });
});

test('a claim lasts for a day at most, and not for as long as the clock was wrong', async () => {
  const { store, queues, clock } = await setUp();
  const [id = ''] = await enqueue(store, 'q', [{ receivedAt: clock.now(), priority: 0 }]);
  await queues.claimNext('q', 'ann', 24 * 60 * minute);
  const held = await queues.list('q', {});

  clock.time -= minute;
  const afterwards = await queues.list('q', {});

  expect(held.items).toEqual([]);
  expect(afterwards.items.map((item) => item.id)).toEqual([id]);
});

test('its holder renews a lease; until then it holds', async () => {
  const { store, queues, clock } = await setUp();
  const [id = ''] = await enqueue(store, 'q', [{ receivedAt: clock.now(), priority: 0 }]);
  await queues.claim(id, 'ann', minute);

  clock.time += minute - 1;
  const renewed = await queues.claim(id, 'ann', minute);
  clock.time += minute - 1;

  expect(renewed.claimedUntil).toBe(new Date(clock.now() + 1).toISOString());
  await expect(queues.claim(id, 'bob', minute)).rejects.toMatchObject({ code: 'already-claimed' });
});

test('released mail waits again; finished mail is done and is not handed out', async () => {
  const { store, queues, clock, changes } = await setUp();
  const [a = '', b = ''] = await enqueue(store, 'q', [
    { receivedAt: clock.now(), priority: 0 },
    { receivedAt: clock.now() + 1, priority: 0 },
  ]);
  await queues.claim(a, 'ann', minute);
  await queues.claim(b, 'ann', minute);

  const released = await queues.release(a, 'ann');
  const finished = await queues.finish(b, null);

  expect(released).toMatchObject({ id: a, state: 'queued', claimedBy: null, claimedUntil: null });
  expect(finished).toMatchObject({ id: b, state: 'done' });
  expect((await queues.list('q', {})).items.map((item) => item.id)).toEqual([a]);
  await expect(queues.claim(b, 'ann', minute)).rejects.toMatchObject({ code: 'not-claimable' });
  await expect(queues.release(a, 'bob')).rejects.toMatchObject({ code: 'not-claimed' });
  await queues.claim(a, 'ann', minute);
  await expect(queues.finish(a, 'bob')).rejects.toMatchObject({
    code: 'not-claimed',
    message: 'Somebody else has this mail: they, or an administrator, can finish or release it.',
  });
  await expect(queues.release('nothing', 'bob')).rejects.toMatchObject({ code: 'interaction-not-found', status: 404 });
  expect(changes).toContain('queues');
});

test('counts name waiting, claimed and the oldest, also for queues that nobody knows any more', async () => {
  const { store, queues, clock } = await setUp();
  const now = clock.now();
  await enqueue(store, 'known', [
    { receivedAt: now - 5, priority: 9 },
    { receivedAt: now - 9, priority: 0 },
    { receivedAt: now, priority: 0 },
  ]);
  await enqueue(store, 'removed', [{ receivedAt: now, priority: 0 }]);
  await queues.claimNext('known', 'ann', minute);

  const counts = await queues.counts(['known', 'empty']);

  expect(Object.fromEntries(counts)).toEqual({
    known: { waiting: 2, claimed: 1, oldestAt: now - 9 },
    empty: { waiting: 0, claimed: 0, oldestAt: null },
    removed: { waiting: 1, claimed: 0, oldestAt: now },
  });
});

test('the queries of the hot path use their indexes', async () => {
  const { store } = await setUp();

  const plan = async (query: { compile(): { sql: string; parameters: readonly unknown[] } }) => {
    const compiled = query.compile();
    const rows = await store.write.executeQuery<{ detail: string }>({
      ...store.write.selectFrom('ledger').compile(),
      sql: `explain query plan ${compiled.sql}`,
      parameters: compiled.parameters,
    });
    return rows.rows.map((row) => row.detail).join('\n');
  };

  const next = store.read
    .selectFrom('interactions')
    .select('id')
    .where('queue', '=', 'q')
    .where('state', '=', 'queued')
    .orderBy('rank')
    .orderBy('received_at')
    .orderBy('ledger')
    .limit(1);
  expect(await plan(next)).toMatch(/USING (COVERING )?INDEX interactions_queue/);
  expect(await plan(next)).not.toMatch(/TEMP B-TREE/);
});

test('a cursor of another list is refused', async () => {
  const { queues } = await setUp();

  await expect(queues.list('q', { after: 'bm90aGluZw' })).rejects.toMatchObject({ code: 'bad-cursor', status: 400 });
});
