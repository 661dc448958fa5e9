import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastDue } from '../../runtime/reconciliation/nightly.ts';
import type { MailboxTruth, Reconciliations } from '../../schemas/api/mailbox-truth.ts';
import { addMailbox } from '../support/add-mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

let dovecot: Dovecot;
let server: Server;
let mailbox: string;

beforeAll(async () => {
  [dovecot, server] = await Promise.all([startDovecot(), startServer()]);
  mailbox = await addMailbox(server, dovecot, 'anna');
});
afterAll(async () => {
  await server.stop();
  await dovecot.stop();
});

const counts = async () => (await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1')).counts;

async function compare() {
  await server.api('POST', `/api/mailboxes/${mailbox}/reconciliations`);
  const list = () => server.api<Reconciliations>('GET', `/api/mailboxes/${mailbox}/reconciliations`);
  await until('the comparison has ended', async () => (await list()).items[0]?.state !== 'running');
  return (await list()).items[0];
}

/** As a damaged disk or a careless hand would: another process, another connection. */
function change(...statements: string[]): void {
  const database = new DatabaseSync(join(server.folder, 'data', 'sluice.db'), { timeout: 5_000 });
  try {
    for (const statement of statements) database.exec(statement);
  } finally {
    database.close();
  }
}

test('a ledger row that was deleted by hand is found and taken again; what was added twice is told; zero clears the alarm', async () => {
  for (let number = 0; number < 4; number += 1) await dovecot.deliver('anna', makeMail({ subject: `No ${number}` }));
  await until('all are settled', async () => ((await counts()).queued ?? 0) >= 4);
  const clean = await compare();
  change(
    `delete from outbox where interaction in (select id from interactions where subject = 'No 2')`,
    `delete from interactions where subject = 'No 2'`,
    `delete from ledger where id not in (select ledger from interactions)`,
  );
  const afterLoss = await counts();

  const repaired = await compare();
  await until('it is settled again', async () => (await counts()).queued === 4);
  const alarm = await server.api<{ open: { kind: string; message: string }[] }>('GET', '/api/alarms');
  change(
    `insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, envelope, received_at, accepted_at, settled_at, whole_size)
      select (select max(id) + 1 from ledger), mailbox, folder, '1:999', state, reason, attempts, size, envelope, received_at, accepted_at, settled_at, whole_size
      from ledger where server_key = (select server_key from ledger order by id limit 1)`,
    `insert into raw_mails select (select max(id) from ledger), bytes from raw_mails order by ledger limit 1`,
    `insert into interactions (id, ledger, state, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason)
      select 'doubled', (select max(id) from ledger), state, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason
      from interactions order by ledger limit 1`,
  );
  const doubled = await compare();
  change(`delete from interactions where id = 'doubled'`, `delete from ledger where server_key = '1:999'`);
  const atLast = await compare();

  expect(clean).toMatchObject({ state: 'done', onServer: 4, missing: 0, taken: 0, doubled: 0, cause: 'by-hand' });
  expect(afterLoss.queued).toBe(3);
  expect(repaired).toMatchObject({ state: 'done', onServer: 4, missing: 1, taken: 1, doubled: 0 });
  expect(alarm.open).toMatchObject([
    { kind: 'not-reconciled', message: expect.stringContaining('1 mails were missing') },
  ]);
  expect(doubled).toMatchObject({ missing: 0, doubled: 1 });
  expect(atLast).toMatchObject({ missing: 0, doubled: 0 });
  expect((await server.api<{ open: unknown[] }>('GET', '/api/alarms')).open).toEqual([]);
}, 60_000);

test('what came lately is told by the hour, and readiness tells how many alarms are open', async () => {
  const truth = await server.api<MailboxTruth>('GET', `/api/mailboxes/${mailbox}/truth`);
  const ready = await server.api<{ alarms: number }>('GET', '/health/ready');

  expect(truth.lastDay).toBeGreaterThanOrEqual(4);
  expect(truth.hours.reduce((sum, { mails }) => sum + mails, 0)).toBe(truth.lastDay);
  expect(truth).toMatchObject({ usualSilenceSeconds: null, alarmAfterSeconds: null });
  expect(ready.alarms).toBe(0);
});

test('the night of a mailbox is always the same, and not that of its neighbours', () => {
  const settings = { at: '03:00', mailboxes: { late: '23:50' } };
  const now = new Date(2026, 10, 21, 13).getTime();
  const dues = ['a', 'b', 'c', 'd'].map((id) => lastDue(settings, id, now));

  expect(dues).toEqual(['a', 'b', 'c', 'd'].map((id) => lastDue(settings, id, now + 60_000)));
  expect(new Set(dues).size).toBeGreaterThan(1);
  for (const due of dues) expect([3]).toContain(new Date(due).getHours());
  expect(lastDue(settings, 'late', now)).toBeLessThan(now);
  expect(now - lastDue(settings, 'late', now)).toBeLessThan(14 * 3_600_000);
});
