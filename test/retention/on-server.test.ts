import { expect, onTestFinished, test } from 'vitest';
import { createReconciliation } from '../../runtime/reconciliation/reconciliation.ts';
import { startRooms } from '../intake/started-rooms.ts';
import { imapMailbox, pop3Mailbox } from '../mailboxes/far-end.ts';
import { startMailboxes } from '../mailboxes/started-mailboxes.ts';
import { openTempStore } from '../store/temp-store.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { day, retentionOf } from './retention-rooms.ts';

const log = { info() {}, warn() {}, error() {} };

test('a mail that a rule removed, and that still lies on its server, is not taken a second time (Dovecot, IMAP and POP3)', async () => {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.stop());
  const store = await openTempStore();
  const boxes = [
    imapMailbox(dovecot, 'anna', { id: 'by-imap', name: 'by-imap' }),
    pop3Mailbox(dovecot, 'bert', { id: 'by-pop3', name: 'by-pop3' }),
  ];
  const { intake, settings } = await startRooms(store, {
    settings(draft) {
      draft.mailboxes.push(...boxes);
      for (const { id } of boxes) draft.routes.push({ id, pattern: '*', mailbox: id, flow: 'support' });
    },
  });
  const ids = boxes.map(({ id }) => id);
  const timing = { pollMs: 200, quietMs: 10_000, retry: { firstMs: 50, longestMs: 200 } };
  const mailboxes = await startMailboxes({ intake, settings }, dovecot, ids, timing);
  const clock = { now: Date.now };
  const reconciliation = createReconciliation({
    store,
    settings: { read: () => settings },
    list: mailboxes.list,
    alarms: { raise: async () => {}, clear: async () => {} },
    clock,
    log,
    onChange: () => {},
  });
  onTestFinished(() => reconciliation.stop());
  const count = async (table: 'ledger' | 'interactions' | 'raw_mails') =>
    (
      await store.read
        .selectFrom(table)
        .select((select) => select.fn.countAll<number>().as('n'))
        .executeTakeFirst()
    )?.n;
  const compare = async () => {
    for (const box of boxes) {
      await reconciliation.begin(box, 'by-hand');
      await until('it is compared', async () => (await reconciliation.of(box.id))[0]?.state === 'done', 30_000);
    }
    return Promise.all(boxes.map(async ({ id }) => (await reconciliation.of(id))[0]));
  };

  for (const subject of ['One', 'Two', 'Three']) {
    for (const user of ['anna', 'bert']) await dovecot.deliver(user, makeMail({ subject }));
  }
  await until('all are taken', async () => (await count('ledger')) === 6, 30_000);
  await intake.idle();
  await store.write.updateTable('interactions').set({ state: 'done', finished_at: Date.now() }).execute();
  await store.write.updateTable('outbox').set({ state: 'sent' }).execute();
  const { setRules, removeNow } = retentionOf(store, Date.now() + 100 * day);
  setRules({ mails: 90 });
  const run = await removeNow();
  const left = [await count('interactions'), await count('raw_mails'), await count('ledger')];
  const compared = await compare();
  await dovecot.deliver('anna', makeMail({ subject: 'Four' }));
  await dovecot.deliver('bert', makeMail({ subject: 'Four' }));
  await until('the new ones are taken', async () => (await count('ledger')) === 8, 30_000);
  await intake.idle();

  expect(run).toMatchObject({ state: 'done', removed: { mails: 6 } });
  expect(left).toEqual([0, 0, 6]);
  expect(compared).toMatchObject([
    { onServer: 3, missing: 0, doubled: 0 },
    { onServer: 3, missing: 0, doubled: 0 },
  ]);
  expect(await count('interactions')).toBe(2);
  expect(await dovecot.fetch('anna', 'INBOX', ['uid'])).toHaveLength(4);
}, 90_000);
