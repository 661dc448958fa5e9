import { expect, onTestFinished, test } from 'vitest';
import { createAlarms } from '../../runtime/alarms/alarms.ts';
import { lastDue } from '../../runtime/reconciliation/nightly.ts';
import { createReconciliation } from '../../runtime/reconciliation/reconciliation.ts';
import { startRooms } from '../intake/started-rooms.ts';
import { imapMailbox } from '../mailboxes/far-end.ts';
import { startMailboxes } from '../mailboxes/started-mailboxes.ts';
import { openTempStore } from '../store/temp-store.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const log = { info() {}, warn() {}, error() {} };

/** A mailbox on a real Dovecot with everything behind it; the nights come when the test says so. */
async function rooms() {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.stop());
  const store = await openTempStore();
  const box = imapMailbox(dovecot, 'anna');
  const { intake, settings } = await startRooms(store, {
    settings(draft) {
      draft.mailboxes.push(box);
      draft.routes.push({ id: 'all', pattern: '*', mailbox: box.id, flow: 'support' });
    },
  });
  const mailboxes = await startMailboxes({ intake, settings }, dovecot, [box.id]);
  const clock = { at: lastDue(settings.reconciliation, box.id, Date.now()) + day, now: () => clock.at };
  const alarms = createAlarms({
    store,
    clock,
    announce: async () => {},
    announceNow: async () => true,
    onChange: () => {},
    onAnnounced: () => {},
  });
  const reconciliation = createReconciliation({
    store,
    settings: { read: () => settings },
    list: mailboxes.list,
    alarms,
    clock,
    log,
    onChange: () => {},
  });
  onTestFinished(() => reconciliation.stop());
  const count = async () => (await store.read.selectFrom('ledger').select('id').execute()).length;
  return {
    dovecot,
    store,
    intake,
    count,
    async pass(ms: number) {
      clock.at += ms;
      await reconciliation.runDue();
    },
    results: () => reconciliation.of(box.id),
    open: async () => (await alarms.page()).open.map(({ message }) => message),
  };
}

test('every night finds what the ledger lost; a server that is away at that hour is tried again, and told', async () => {
  const { dovecot, store, intake, count, pass, results, open } = await rooms();
  for (const subject of ['One', 'Two', 'Three']) await dovecot.deliver('anna', makeMail({ subject }));
  await until('all are taken', async () => (await count()) === 3);
  await intake.idle();

  await pass(-minute);
  const evening = await results();
  await pass(2 * minute);
  const quiet = await results();
  await pass(minute);
  const again = await results();
  await store.write.deleteFrom('outbox').execute();
  await store.write.deleteFrom('interactions').where('subject', '=', 'Two').execute();
  await store.write
    .deleteFrom('ledger')
    .where('id', 'not in', store.read.selectFrom('interactions').select('ledger'))
    .execute();
  const left = await count();
  await pass(day);
  const repaired = await results();
  const told = await open();
  await intake.idle();
  await pass(day);
  const calm = await open();
  await dovecot.kill();
  await pass(day);
  const away = await results();
  await pass(5 * minute);
  const early = await results();
  await pass(6 * minute);
  await pass(21 * minute);
  const late = await results();
  const given = await open();
  await dovecot.restart();
  await pass(41 * minute);
  const back = await results();

  expect(evening).toEqual([]);
  expect(quiet).toMatchObject([{ cause: 'nightly', state: 'done', onServer: 3, missing: 0, nextTryAt: null }]);
  expect(again).toHaveLength(1);
  expect(left).toBe(2);
  expect(repaired[0]).toMatchObject({ cause: 'nightly', state: 'done', missing: 1, taken: 1 });
  expect(told).toEqual([expect.stringContaining('1 mails were missing here (1 of them are taken now)')]);
  expect(await count()).toBe(3);
  expect(away[0]).toMatchObject({ state: 'failed', error: expect.stringMatching(/refuses connections/) });
  expect(Date.parse(away[0]?.nextTryAt ?? '')).toBeGreaterThan(Date.parse(away[0]?.startedAt ?? ''));
  expect(early).toHaveLength(4);
  expect(calm).toEqual([]);
  expect(late.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'done', 'done', 'done']);
  expect(given).toEqual([expect.stringMatching(/could not be compared .* tried 3 times, and is tried again/)]);
  expect(back[0]).toMatchObject({ state: 'done', missing: 0, nextTryAt: null });
  expect(await open()).toEqual([]);
}, 60_000);
