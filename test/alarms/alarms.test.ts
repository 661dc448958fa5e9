import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createAlarms } from '../../runtime/alarms/alarms.ts';
import { silenceOf } from '../../runtime/alarms/arrivals.ts';
import { createMailboxConditions } from '../../runtime/alarms/mailbox-conditions.ts';
import { createStorageConditions } from '../../runtime/alarms/storage-conditions.ts';
import { createWatch } from '../../runtime/alarms/watch.ts';
import { createWebhook } from '../../runtime/alarms/webhook.ts';
import { createHttpPort } from '../../runtime/egress/http.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import type { Storage } from '../../runtime/store/storage.ts';
import type { Store } from '../../runtime/store/store.ts';
import type { MailboxView } from '../../schemas/api/mailboxes.ts';
import { openTempStore } from '../store/temp-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Wednesday at noon, by the clock of the machine. */
const noon = new Date(2026, 10, 18, 12).getTime();

/** Alarms of one mailbox, whose status and time the test tells. */
async function rooms({ webhookUrl = '', allow = [] as string[] } = {}) {
  const store = await openTempStore();
  const settings = firstSettings();
  if (webhookUrl !== '') settings.alarms.webhook = { url: webhookUrl, secret: 'sealed:v1:x' };
  const clock = { at: noon, now: () => clock.at };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  let status: MailboxView['status'] = { state: 'connected' };
  let trouble: Awaited<ReturnType<Storage['look']>> = null;
  const http = createHttpPort({ allow: () => allow });
  const webhook = createWebhook({
    store,
    settings: { read: () => settings, open: () => 'a secret of the webhook' },
    http,
    clock,
    log,
  });
  onTestFinished(() => webhook.stop());
  const alarms = createAlarms({
    store,
    clock,
    announce: webhook.announce,
    announceNow: webhook.announceNow,
    onChange: () => {},
    onAnnounced: () => {},
  });
  const ofStorage = createStorageConditions({ storage: { look: async () => trouble }, store, onTrouble: () => {} });
  const ofMailboxes = createMailboxConditions({
    settings: { read: () => settings },
    status: () => status,
    read: store.read,
    clock,
  });
  const conditions = async () => [...(await ofMailboxes()), ...(await ofStorage())];
  const mailboxes = () => settings.mailboxes;
  const watch = createWatch({ alarms, store, conditions, mailboxes, clock, log });
  return {
    store,
    alarms,
    webhook,
    clock,
    watch,
    tell: (now: typeof trouble) => {
      trouble = now;
    },
    /** Looks every minute for so long. */
    async pass(minutes: number, now: MailboxView['status']) {
      status = now;
      for (let passed = 0; passed < minutes; passed += 1) {
        clock.at += minute;
        await watch.look();
      }
    },
    open: async () => (await alarms.page()).open.map(({ kind }) => kind),
  };
}

/** Mail every ten minutes from 7 to 19 o'clock on working days of the four weeks before, until `until`. */
async function busyWeeks(store: Store, until: number): Promise<void> {
  const rows: { mailbox: string; since: number; mails: number }[] = [];
  for (let since = noon - 30 * day; since < until; since += 10 * minute) {
    const moment = new Date(since);
    const isWork = moment.getDay() % 6 !== 0 && moment.getHours() >= 7 && moment.getHours() < 19;
    if (isWork) rows.push({ mailbox: 'receiver', since: since - (since % (10 * minute)), mails: 3 });
  }
  await store.commit(async (tx) => {
    for (const row of rows) await tx.insertInto('mailbox_spans').values(row).execute();
  });
}

test('silence is unusual at noon of a working day, and usual at night and on a Sunday', async () => {
  const { store } = await rooms();
  await busyWeeks(store, noon - 3 * hour);
  const night = new Date(2026, 10, 18, 3).getTime();
  const sunday = new Date(2026, 10, 15, 12).getTime();

  const atNoon = await silenceOf(store.read, 'receiver', noon, hour);
  const atNight = await silenceOf(store.read, 'receiver', night, hour);
  const onSunday = await silenceOf(store.read, 'receiver', sunday, hour);
  const unknown = await silenceOf(store.read, 'other', noon, hour);

  expect(atNoon).toMatchObject({ limitMs: hour });
  expect(noon - (atNoon.lastAt ?? noon)).toBeGreaterThan(2 * hour);
  expect(atNight.limitMs).toBeGreaterThan(20 * hour);
  expect(onSunday.limitMs).toBeGreaterThan(24 * hour);
  expect(unknown).toEqual({ lastAt: null, usualMs: null, limitMs: null });
});

test('connected but silent is an alarm once, and over once mail comes', async () => {
  const { store, pass, open } = await rooms();
  await busyWeeks(store, noon - 10 * minute);

  await pass(40, { state: 'connected' });
  const before = await open();
  await pass(40, { state: 'connected' });
  const during = await open();
  await store.write
    .insertInto('mailbox_spans')
    .values({ mailbox: 'receiver', since: noon + 80 * minute, mails: 1 })
    .execute();
  await pass(10, { state: 'connected' });

  expect([before, during, await open()]).toEqual([[], ['silent'], []]);
});

test('a disk that is nearly full is an alarm at once, and over when it has had room for a while', async () => {
  const { pass, open, alarms, tell } = await rooms();

  tell({ state: 'low', message: 'Only 200 MB are left.' });
  await pass(1, { state: 'connected' });
  tell({ state: 'low', message: 'Only 190 MB are left.' });
  await pass(1, { state: 'connected' });
  const during = await alarms.page();
  tell(null);
  await pass(7, { state: 'connected' });

  expect(during.open).toMatchObject([{ kind: 'storage', mailbox: null, message: 'Only 200 MB are left.' }]);
  expect(await open()).toEqual([]);
});

test('a mailbox that fails is an alarm after its time; one that comes and goes is one alarm', async () => {
  const { pass, open, alarms } = await rooms();
  const away = { state: 'retrying', lastError: { code: 'x', message: 'It is away.', at: '' } } as const;

  await pass(14, away);
  const before = await open();
  for (let round = 0; round < 5; round += 1) {
    await pass(20, away);
    await pass(3, { state: 'connected' });
  }
  const during = await alarms.page();
  await pass(6, { state: 'connected' });

  expect(before).toEqual([]);
  expect(during.open).toMatchObject([
    { kind: 'failing', mailbox: 'receiver', message: expect.stringMatching(/It is away\.$/) },
  ]);
  expect(during.cleared).toEqual([]);
  expect((await alarms.page()).cleared).toHaveLength(1);
});

test('a clock that is set back keeps neither an alarm open nor its message back', async () => {
  const { pass, open, alarms, clock, webhook, store } = await rooms({ webhookUrl: 'http://127.0.0.1:9/hook' });
  await pass(16, { state: 'retrying', lastError: { code: 'x', message: 'It is away.', at: '' } });
  await pass(1, { state: 'connected' });
  await webhook.deliver();
  const attempts = async () =>
    (await store.read.selectFrom('alarm_messages').select('attempts').execute()).map((row) => row.attempts);
  const before = await attempts();

  clock.at -= day;
  await pass(6, { state: 'connected' });
  await webhook.deliver();

  expect(await open()).toEqual([]);
  expect((await alarms.page()).cleared).toHaveLength(1);
  expect((await attempts())[0]).toBeGreaterThan(before[0] ?? 0);
});

test('a lag that shrinks is none, one that stays is', async () => {
  const { pass, open } = await rooms();

  for (let lag = 40; lag > 0; lag -= 1) await pass(2, { state: 'connected', lag });
  const shrinking = await open();
  await pass(17, { state: 'connected', lag: 5 });
  const staying = await open();

  expect([shrinking, staying]).toEqual([[], ['lagging']]);
});

test('alarms of a mailbox that is gone are cleared at the next look, those of others stay', async () => {
  const { alarms, watch } = await rooms();
  for (const mailbox of ['gone', 'receiver']) {
    await alarms.raise({ kind: 'not-reconciled', about: mailbox, mailbox, message: 'Two are missing.' });
  }

  await watch.look();

  expect((await alarms.page()).open).toMatchObject([{ mailbox: 'receiver' }]);
});

test('an alarm survives a restart, is acknowledged by name, and is not raised twice', async () => {
  const { alarms } = await rooms();
  const condition = { kind: 'not-reconciled', about: 'a', mailbox: 'a', message: 'Two are missing.' } as const;
  await Promise.all([alarms.raise(condition), alarms.raise(condition)]);
  const [raised] = (await alarms.page()).open;

  await alarms.acknowledge(raised?.id ?? '', 'Ada');
  await alarms.acknowledge(raised?.id ?? '', 'Ben');

  expect((await alarms.page()).open).toMatchObject([{ message: 'Two are missing.', acknowledgedBy: 'Ada' }]);
  await expect(alarms.acknowledge('none', 'Ada')).rejects.toMatchObject({ code: 'alarm-not-found' });
});

test('the webhook gets each alarm signed, again until it takes it, and only where the door lets it', async () => {
  const got: { body: string; signature: string; event: string }[] = [];
  let answer = 503;
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const { 'sluice-signature': signature, 'sluice-event': event } = request.headers;
      got.push({ body: Buffer.concat(parts).toString(), signature: String(signature), event: String(event) });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void receiver.close());
  const { port } = receiver.address() as AddressInfo;
  const allow = [`127.0.0.1:${port}`];
  const { alarms, webhook, clock } = await rooms({ webhookUrl: `http://127.0.0.1:${port}/hook`, allow });
  await alarms.raise({ kind: 'failing', about: 'a', mailbox: 'a', message: 'It is away.' });

  await webhook.deliver();
  const afterRefusal = await webhook.undelivered();
  answer = 204;
  await webhook.deliver();
  const tooEarly = got.length;
  clock.at += minute;
  await webhook.deliver();
  allow.pop();
  const refused = await webhook.test();

  const [seconds, signature] = (got[0]?.signature ?? '').replace('t=', '').split(',v1=');
  const expected = createHmac('sha256', 'a secret of the webhook').update(`${seconds}.${got[0]?.body}`).digest('hex');
  expect(signature).toBe(expected);
  expect([afterRefusal, tooEarly, await webhook.undelivered()]).toEqual([1, 1, 0]);
  expect(got.map(({ event }) => event)).toEqual([got[0]?.event, got[0]?.event]);
  expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({ event: 'raised', alarm: { kind: 'failing', mailbox: 'a' } });
  expect(refused).toMatchObject({ ok: false });
});
