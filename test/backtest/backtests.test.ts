import { expect, onTestFinished, test } from 'vitest';
import { createBacktests } from '../../runtime/backtest/backtests.ts';
import type { BacktestEvent } from '../../schemas/api/backtest.ts';
import type { Flow } from '../../schemas/flow.ts';
import { flow, mails } from '../intake/rooms.ts';
import { startRooms } from '../intake/started-rooms.ts';
import { openTempStore, tempDatabase } from '../store/temp-store.ts';
import { jobOf } from './given.ts';

/** Goes round 10,000 times on every mail: long enough to be stopped. */
const circle: Flow = {
  ...flow,
  entry: 'round',
  actions: { round: { type: 'set-priority', name: 'Round', settings: { priority: 1 }, next: { done: 'round' } } },
};

async function given(count: number) {
  const file = tempDatabase();
  const store = await openTempStore(file);
  const { intake, mailbox } = await startRooms(store);
  await intake.accept(mailbox, mails(count));
  await intake.idle();
  const backtests = createBacktests({ file, read: store.read, log: { error: () => {} } });
  onTestFinished(() => backtests.stop());
  return { backtests, store };
}

const ongoing = () => new AbortController().signal;

test('a thread reads the mails on a connection of its own and tells how far it is', async () => {
  const { backtests } = await given(300);
  const events: BacktestEvent[] = [];

  await backtests.run(jobOf(flow, flow), (event) => events.push(event), ongoing());

  expect(events[0]).toEqual({ event: 'begin', mails: 300, version: 3 });
  expect(events.at(-1)).toMatchObject({ event: 'end', mails: 300, same: 300 });
  const done = events.flatMap((event) => (event.event === 'mails' ? [event.done] : []));
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done.at(-1)).toBe(300);
});

test('who leaves ends the backtest, and the next one has its turn', async () => {
  const { backtests } = await given(200);
  const leaving = new AbortController();
  const first: BacktestEvent[] = [];
  const second: BacktestEvent[] = [];

  await Promise.all([
    backtests.run(
      jobOf(circle, flow),
      (event) => {
        first.push(event);
        if (event.event === 'mails') leaving.abort();
      },
      leaving.signal,
    ),
    backtests.run(jobOf(flow, flow), (event) => second.push(event), ongoing()),
  ]);

  expect(first.at(-1)?.event).toBe('mails');
  expect(second[0]).toEqual({ event: 'waiting', before: 1 });
  expect(second.at(-1)).toMatchObject({ event: 'end', mails: 200 });
});

test('the server stops without waiting for the end of a backtest', async () => {
  const { backtests } = await given(200);
  const events: BacktestEvent[] = [];
  const running = backtests.run(jobOf(circle, flow), (event) => events.push(event), ongoing());
  await expect.poll(() => events.length, { timeout: 20_000 }).toBeGreaterThan(1);

  await backtests.stop();
  await running;

  expect(events.at(-1)?.event).not.toBe('end');
});

test('a thread that fails says so and takes nobody with it', async () => {
  const { store } = await given(1);
  const logged: string[] = [];
  const log = { error: (_: object, message: string) => logged.push(message) };
  const backtests = createBacktests({ file: '/no/such/file.db', read: store.read, log });
  const events: BacktestEvent[] = [];

  await backtests.run(jobOf(flow, flow), (event) => events.push(event), ongoing());
  await backtests.run(jobOf(flow, flow), (event) => events.push(event), ongoing());

  expect(events).toMatchObject([
    { event: 'error', code: 'backtest-failed' },
    { event: 'error', code: 'backtest-failed' },
  ]);
  expect(logged).toEqual(['A backtest failed', 'A backtest failed']);
});

test('both runs on one mail, step by step', async () => {
  const { backtests, store } = await given(2);
  const { id } = await store.read.selectFrom('interactions').select('id').limit(1).executeTakeFirstOrThrow();

  const both = await backtests.runOne(jobOf(circle, flow).comparison, id);

  expect(both).toMatchObject({ isRecorded: true, isSkipped: false });
  expect(both.before?.steps.map((step) => step.action)).toEqual(['auto', 'urgent', 'answer', 'queue']);
  expect(both.after.ending).toMatchObject({ fallback: true });
  await expect(backtests.runOne(jobOf(circle, flow).comparison, 'no-such-mail')).rejects.toThrow('no interaction');
});
