import type { Transaction } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../runtime/store/database.ts';
import type { Store } from '../../runtime/store/store.ts';
import { createTraffic } from '../../runtime/traffic/traffic.ts';
import { createTrafficRows } from '../../runtime/traffic/traffic-rows.ts';
import { passedOf } from '../../runtime/traffic/ways.ts';
import type { Run, Step } from '../../schemas/run.ts';
import { mail, mails } from '../intake/rooms.ts';
import { startRooms } from '../intake/started-rooms.ts';
import { openTempStore } from '../store/temp-store.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const minutes = 60_000;
const hours = 60 * minutes;

function trafficAt(store: Store) {
  const clock = { at: noon, now: () => clock.at };
  const told: string[] = [];
  const traffic = createTraffic({ store, clock, log: { error: () => {} }, onChange: (topic) => told.push(topic) });
  onTestFinished(() => traffic.stop());
  const rows = createTrafficRows();
  store.beforeCommit(rows.flush);
  const count = (tx: Transaction<Database>, counted: Run) => {
    const passed = passedOf(counted);
    if (passed !== null) rows.count(tx, passed, clock.now());
  };
  return { clock, traffic, count };
}

const step = (action: string, outcome: string | null, changes: Partial<Step> = {}): Step => ({
  action,
  type: 'decision',
  name: action,
  outcome,
  atMs: 0,
  durationMs: 0,
  detail: {},
  ...changes,
});

const run = (steps: Step[], version: number | null = 1): Run => ({
  flow: 'support',
  version,
  ending: { type: 'disconnect', priority: 0 },
  steps,
  effects: [],
  variables: {},
  startedAt: '2026-11-20T12:00:00.000Z',
  durationMs: 0,
});

test('mails that are settled count at each action and outcome that they passed', async () => {
  const store = await openTempStore();
  const { intake, traffic, mailbox } = await startRooms(store);

  await intake.accept(mailbox, [
    ...mails(5),
    mail(5, { subject: '[URGENT] Help' }),
    mail(6, { headers: ['Auto-Submitted: auto-replied'] }),
  ]);
  await intake.idle();

  const { items } = await traffic.read('support', 3, 'hour');
  const by = Object.fromEntries(items.map(({ action, ...counts }) => [action, counts]));
  expect(by).toEqual({
    auto: { sheet: null, mails: 7, failed: 0, outcomes: { yes: 1, no: 6 } },
    drop: { sheet: null, mails: 1, failed: 0, outcomes: {} },
    urgent: { sheet: null, mails: 6, failed: 0, outcomes: { yes: 1, no: 5 } },
    ten: { sheet: null, mails: 1, failed: 0, outcomes: { done: 1 } },
    answer: { sheet: null, mails: 6, failed: 0, outcomes: { done: 6 } },
    queue: { sheet: null, mails: 6, failed: 0, outcomes: {} },
  });
  expect((await traffic.read('support', 2, 'hour')).items).toEqual([]);
});

test('a mail counts once at an action however often it passes, and a failure is named', async () => {
  const store = await openTempStore();
  const { traffic, count } = trafficAt(store);
  const failure = { error: { code: 'x', message: 'x', retryable: false } };

  await store.commit(async (tx) => {
    count(tx, run([step('ask', 'no'), step('ask', 'no'), step('ask', 'yes'), step('call', null, failure)]));
    count(tx, run([step('ask', 'yes')], null));
  });

  expect((await traffic.read('support', 1, 'day')).items).toEqual([
    { sheet: null, action: 'ask', mails: 1, failed: 0, outcomes: { no: 1, yes: 1 } },
    { sheet: null, action: 'call', mails: 1, failed: 1, outcomes: {} },
  ]);
});

test('a settlement that is undone counts nothing, and those beside it count once', async () => {
  const store = await openTempStore();
  const { traffic, count } = trafficAt(store);
  const counted = () => store.commit(async (tx) => count(tx, run([step('ask', 'yes')])));
  const undone = () => store.commit(() => Promise.reject(new Error('this one fails')));

  const results = await Promise.allSettled([counted(), undone(), counted()]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await traffic.read('support', 1, 'hour')).items).toMatchObject([{ mails: 2, outcomes: { yes: 2 } }]);
});

test('all mails of one commit are written as one row for each way', async () => {
  const store = await openTempStore();
  const { count } = trafficAt(store);
  const one = () => store.commit(async (tx) => count(tx, run([step('ask', 'yes'), step('end', null)])));

  await Promise.all(Array.from({ length: 100 }, one));

  const rows = await store.read.selectFrom('traffic').select(['action', 'outcome', 'mails']).execute();
  expect(rows).toHaveLength(3);
  expect(rows.every((row) => row.mails === 100)).toBe(true);
});

test('each window sees what belongs to it, before and after old counts were made coarser and dropped', async () => {
  const store = await openTempStore();
  const { clock, traffic, count } = trafficAt(store);
  const agesMs = [
    2 * minutes,
    50 * minutes,
    70 * minutes,
    5 * hours,
    23 * hours,
    30 * hours,
    6 * 24 * hours,
    9 * 24 * hours,
  ];
  for (const age of agesMs) {
    clock.at = noon - age;
    await store.commit(async (tx) => count(tx, run([step('ask', 'yes')])));
  }
  clock.at = noon;
  const seen = async (window: 'hour' | 'day' | 'week') =>
    (await traffic.read('support', 1, window)).items[0]?.outcomes.yes;
  const before = [await seen('hour'), await seen('day'), await seen('week')];

  traffic.start();
  await traffic.stop();

  expect(before).toEqual([2, 5, 7]);
  expect([await seen('hour'), await seen('day'), await seen('week')]).toEqual(before);
  const spans = await store.read.selectFrom('traffic').select('since').distinct().orderBy('since').execute();
  expect(spans.every(({ since }) => since >= noon - 4 * hours || since % hours === 0)).toBe(true);
  expect(spans.every(({ since }) => since >= noon - 8 * 24 * hours)).toBe(true);
});

test('a step in a task counts on its sheet, and one in a module for the version of the module', async () => {
  const store = await openTempStore();
  const { traffic, count } = trafficAt(store);

  await store.commit(async (tx) =>
    count(
      tx,
      run([
        step('end', 'done'),
        step('end', 'done', { task: 'thank' }),
        step('end', null, { flow: 'score', version: 4, task: 'help' }),
      ]),
    ),
  );

  const counted = { action: 'end', mails: 1, failed: 0 };
  const { items } = await traffic.read('support', 1, 'hour');
  expect(items.toSorted((a, b) => (a.sheet ?? '').localeCompare(b.sheet ?? ''))).toEqual([
    { ...counted, sheet: null, outcomes: { done: 1 } },
    { ...counted, sheet: 'thank', outcomes: { done: 1 } },
  ]);
  expect((await traffic.read('score', 4, 'hour')).items).toEqual([{ ...counted, sheet: 'help', outcomes: {} }]);
});
