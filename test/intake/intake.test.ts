import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { getInteraction, getInteractionSource, listInteractions } from '../../runtime/intake/interactions.ts';
import { ledgerCounts, listLedger } from '../../runtime/intake/ledger.ts';
import { openStore } from '../../runtime/store/store.ts';
import { OperationalError } from '../../schemas/errors.ts';
import { openTempStore, tempDatabase } from '../store/temp-store.ts';
import { createRooms, mail, mails, flow as sample } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

test('a mail goes all the way: accepted, run, queued, answered, accounted for', async () => {
  const store = await openTempStore();
  const { intake, mailbox, changes } = await startRooms(store);

  await intake.accept(mailbox, [mail(1, { subject: '[URGENT] Help' })], { folder: 'INBOX', value: '7:1' });
  await intake.idle();

  const { items } = await listInteractions(store.read, {});
  expect(items).toMatchObject([
    {
      state: 'queued',
      queue: 'general',
      priority: 10,
      subject: '[URGENT] Help',
      from: 'customer-1@example.test',
      flow: 'support',
      version: 3,
    },
  ]);
  const id = items[0]?.id ?? '';
  const whole = await getInteraction(store.read, id);
  expect(whole.email?.text).toContain('I have a question');
  expect(whole.run?.steps.map((step) => step.action)).toEqual(['auto', 'urgent', 'ten', 'answer', 'queue']);
  expect(whole.run?.effects).toMatchObject([{ to: 'customer-1@example.test', allowed: true }]);
  const outbox = await store.read.selectFrom('outbox').select(['interaction', 'to_address', 'subject']).execute();
  expect(outbox).toEqual([{ interaction: id, to_address: 'customer-1@example.test', subject: 'Re: [URGENT] Help' }]);
  const ledger = await listLedger(store.read, {});
  expect(ledger.items).toMatchObject([{ state: 'queued', serverKey: '7:1', attempts: 1, interaction: id }]);
  expect(await intake.loadCursor(mailbox.id, 'INBOX')).toBe('7:1');
  await expect
    .poll(() => new Set(changes), { timeout: 20_000 })
    .toEqual(new Set(['interactions', 'ledger', 'queues', 'outbox']));
});

test('no sender turns what lists show of a mail around; the mail itself stays as it came', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);

  await intake.accept(mailbox, [mail(1, { subject: 'Photo \u202egnp.exe, \u2067שלום\u2069' })]);
  await intake.idle();

  const { items } = await listInteractions(store.read, {});
  expect(items).toMatchObject([{ subject: 'Photo gnp.exe, שלום' }]);
  const { email } = await getInteraction(store.read, items[0]?.id ?? '');
  expect(email?.subject).toBe('Photo \u202egnp.exe, \u2067שלום\u2069');
});

test('the source is kept byte for byte', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  const bytes = Buffer.concat([mail(1).bytes, Buffer.from([0, 255, 128, 13, 10, 10])]);
  await intake.accept(mailbox, [mail(1, { bytes })]);
  await intake.idle();
  const id = (await listInteractions(store.read, {})).items[0]?.id ?? '';

  const source = await getInteractionSource(store.read, id);

  expect(Buffer.from(source).equals(bytes)).toBe(true);
});

test('an automatic reply is disconnected and not answered', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);

  await intake.accept(mailbox, [mail(1, { headers: ['Auto-Submitted: auto-replied'] })]);
  await intake.idle();

  expect((await listInteractions(store.read, {})).items).toMatchObject([
    { state: 'disconnected', queue: null, reason: 'automatic reply' },
  ]);
  expect(await store.read.selectFrom('outbox').selectAll().execute()).toEqual([]);
});

test('a server key that is known is accepted in silence and not run again', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  await intake.accept(mailbox, mails(3));
  await intake.idle();

  await Promise.all([intake.accept(mailbox, mails(5)), intake.accept(mailbox, mails(5))]);
  await intake.idle();

  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 5, received: 0 });
  expect((await listInteractions(store.read, {})).items).toHaveLength(5);
  expect(await store.read.selectFrom('outbox').select('id').execute()).toHaveLength(5);
});

test('the same key in another folder is another mail', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);

  await intake.accept(mailbox, [mail(1), mail(1, { folder: 'Archive' })]);
  await intake.idle();

  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 2 });
});

test('what is accepted before the start is shown as received, and run from the start on', async () => {
  const store = await openTempStore();
  const rooms = createRooms(store);
  await rooms.intake.accept(rooms.mailbox, mails(2));

  const before = await listInteractions(store.read, { state: 'received' });
  const one = await getInteraction(store.read, before.items[0]?.id ?? '');
  await rooms.intake.start();
  await rooms.intake.idle();
  const after = await listInteractions(store.read, {});

  expect(before.items).toMatchObject([{ state: 'received' }, { state: 'received' }]);
  expect(one).toMatchObject({ state: 'received', email: null, run: null });
  expect(after.items.map((item) => [item.id, item.state])).toEqual(before.items.map((item) => [item.id, 'queued']));
  await rooms.stop();
});

test('a mail that cannot be parsed is quarantined at once and holds up nobody', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  const deep = Array.from(
    { length: 500 },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  );
  const bomb = Buffer.from(
    `From: a@example.test\r\nTo: support@demo.test\r\nSubject: Deep\r\nMIME-Version: 1.0\r\n${deep.join('')}`,
  );

  await intake.accept(mailbox, [mail(1, { bytes: bomb }), mail(2)]);
  await intake.idle();

  const { items } = await listInteractions(store.read, {});
  expect(items).toMatchObject([
    { state: 'queued' },
    { state: 'quarantined', subject: 'Deep', reason: expect.stringMatching(/^mail-too-deep: /) },
  ]);
  expect((await listLedger(store.read, { state: 'quarantined' })).items).toMatchObject([{ attempts: 1 }]);
});

test('trouble that may pass is tried again, three times in all; then the mail is quarantined with its reason', async () => {
  const store = await openTempStore();
  const tries = { once: 0, always: 0 };
  const { intake, mailbox } = await startRooms(store, {
    before(text) {
      if (text.includes('fails once') && ++tries.once === 1) throw new OperationalError('parse-timeout', 'Too slow.');
      if (text.includes('fails always')) {
        tries.always += 1;
        throw new OperationalError('parse-timeout', 'Too slow.');
      }
    },
  });

  await intake.accept(mailbox, [mail(1, { subject: 'fails always' }), mail(2, { subject: 'fails once' }), mail(3)]);
  await intake.idle();

  const ledger = await listLedger(store.read, {});
  expect(ledger.items.map((item) => [item.state, item.attempts, item.reason])).toEqual([
    ['queued', 1, ''],
    ['queued', 2, ''],
    ['quarantined', 3, 'parse-timeout: Too slow.'],
  ]);
  expect(tries).toEqual({ once: 2, always: 3 });
});

test('a mail of which only the head was taken is quarantined with what the head says', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);

  await intake.accept(mailbox, [mail(1, { subject: 'A film', truncated: true })]);
  await intake.idle();
  const [first] = (await listInteractions(store.read, {})).items;
  await intake.retry(first?.id ?? '');
  await intake.idle();

  expect((await listInteractions(store.read, {})).items).toMatchObject([
    { id: first?.id, state: 'quarantined', subject: 'A film', reason: expect.stringMatching(/^not-handed-over: /) },
  ]);
});

test('a shortened mail runs its flow, and becomes whole when somebody asks for the rest', async () => {
  const store = await openTempStore();
  const asked: string[] = [];
  const { intake, mailbox } = await startRooms(store, {
    fetchWhole: async (id, { folder, serverKey }) => {
      asked.push(`${id} ${folder} ${serverKey}`);
      return Buffer.from(`Subject: A film\r\n\r\n${'All of it. '.repeat(1_000)}`);
    },
  });
  const only = async () => {
    const [first] = (await listInteractions(store.read, {})).items;
    return await getInteraction(store.read, first?.id ?? '');
  };

  await intake.accept(mailbox, [mail(1, { subject: 'A film', wholeSize: 30_000_000 })]);
  await intake.idle();
  const short = await only();
  await intake.fetchRest(short.id);
  const whole = await only();
  const again = await intake.fetchRest(short.id).catch((error) => error);

  expect(short).toMatchObject({ state: 'queued', wholeSize: 30_000_000, email: { size: 30_000_000 } });
  expect(whole).toMatchObject({ state: 'queued', wholeSize: null, run: short.run, email: { size: 11_019 } });
  expect(whole.email?.text).toContain('All of it.');
  expect(Buffer.from(await getInteractionSource(store.read, short.id))).toHaveLength(11_019);
  expect([asked, again.code]).toEqual([['receiver INBOX 7:1'], 'mail-complete']);
});

test('no mail is dropped for want of a route or a flow: it is held, and run when that is mended', async () => {
  const store = await openTempStore();
  let published = false;
  const { intake, mailbox, settings } = await startRooms(store, {
    settings: (draft) => {
      draft.routes = [];
      for (const own of draft.mailboxes) own.address = '';
    },
    published: () => (published ? { flow: { ...sample }, version: 1 } : null),
  });
  await intake.accept(mailbox, [mail(1)]);
  await intake.idle();
  const [withoutRoute] = (await listInteractions(store.read, {})).items;
  const id = withoutRoute?.id ?? '';

  settings.routes = [{ id: 'all', pattern: '*', flow: 'support' }];
  await intake.retry(id);
  await intake.idle();
  const [withoutFlow] = (await listInteractions(store.read, {})).items;
  published = true;
  await intake.retry(id);
  await intake.idle();

  expect(withoutRoute).toMatchObject({
    state: 'held',
    subject: 'Question 1',
    reason: expect.stringContaining('support@demo.test'),
  });
  expect(withoutFlow).toMatchObject({ id, state: 'held', reason: expect.stringContaining('flow not published') });
  expect((await listInteractions(store.read, {})).items).toMatchObject([{ id, state: 'queued' }]);
  expect(await store.read.selectFrom('outbox').select('id').execute()).toHaveLength(1);
  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 1, quarantined: 0 });
  await expect(intake.retry(id)).rejects.toMatchObject({ code: 'interaction-not-retryable', status: 409 });
});

test('a person routes a quarantined mail by hand', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, { published: () => null });
  await intake.accept(mailbox, [mail(1)]);
  await intake.idle();
  const id = (await listInteractions(store.read, {})).items[0]?.id ?? '';

  await expect(intake.routeByHand(id, 'nowhere', 0)).rejects.toMatchObject({ code: 'unknown-queue' });
  await intake.routeByHand(id, 'billing', 5);

  expect(await getInteraction(store.read, id)).toMatchObject({ state: 'queued', queue: 'billing', priority: 5 });
  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 1, quarantined: 0 });
  await expect(intake.routeByHand('nothing', 'billing', 0)).rejects.toMatchObject({ code: 'interaction-not-found' });
});

test('what a former process left is resumed; what stopped it three times is quarantined without being looked into', async () => {
  const file = tempDatabase();
  const before = await openStore(file);
  const first = createRooms(before);
  await first.intake.accept(first.mailbox, mails(300));
  await before.write.updateTable('ledger').set({ attempts: 3 }).where('server_key', '=', '7:2').execute();
  await first.stop();
  await before.close();
  const seen: string[] = [];

  const store = await openTempStore(file);
  const { intake } = await startRooms(store, {
    before: (text) => seen.push(...(/Question \d+/.exec(text) ?? [])),
  });
  await intake.idle();

  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 299, quarantined: 1, received: 0 });
  const [poison] = (await listLedger(store.read, { state: 'quarantined' })).items;
  expect(poison).toMatchObject({ serverKey: '7:2', reason: expect.stringMatching(/^stopped-the-server: /) });
  expect(seen).not.toContain('Question 2');
  expect(seen).toHaveLength(299);
});

test('more mail than memory should hold waits in the store and is run all the same', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  const large = (number: number) =>
    mail(number, { bytes: Buffer.concat([mail(number).bytes, Buffer.alloc(2_500_000, 'line of text\r\n')]) });

  await intake.accept(
    mailbox,
    Array.from({ length: 16 }, (_, number) => large(number)),
  );
  await Promise.all(
    Array.from({ length: 22 }, (_, batch) =>
      intake.accept(
        mailbox,
        Array.from({ length: 100 }, (_, n) => mail(1_000 + batch * 100 + n)),
      ),
    ),
  );
  await intake.idle();

  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 2_216, received: 0, quarantined: 0 });
}, 120_000);

test('while the disk is full nothing is accepted, nothing is lost, and no flow runs twice', async () => {
  const store = await openTempStore();
  let runs = 0;
  const gate = Promise.withResolvers<void>();
  const { intake, mailbox, logged } = await startRooms(store, {
    before: async () => {
      runs += 1;
      await gate.promise;
    },
  });
  await intake.accept(mailbox, mails(20));
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(store.write);
  await sql.raw(`pragma max_page_count = ${pages.rows[0]?.page_count}`).execute(store.write);
  gate.resolve();

  const large = mail(99, { bytes: Buffer.concat([mail(99).bytes, Buffer.alloc(2_000_000, 97)]) });
  await expect(intake.accept(mailbox, [large])).rejects.toMatchObject({ code: 'store-full' });
  await expect.poll(() => logged, { timeout: 20_000 }).toContain('The store could not be written; trying again');
  await sql`pragma max_page_count = 1000000`.execute(store.write);
  await intake.idle();

  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 20, received: 0, quarantined: 0 });
  expect(runs).toBe(20);
});

test('pages follow each other without a gap or a double, settled and received mails alike', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  await intake.accept(mailbox, mails(25));
  await intake.idle();
  await intake.stop();
  await intake.accept(
    mailbox,
    Array.from({ length: 7 }, (_, number) => mail(100 + number)),
  );

  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listInteractions(store.read, { limit: 4, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map((item) => item.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  const ledger = await listLedger(store.read, { limit: 30 });
  const rest = await listLedger(store.read, { limit: 30, after: ledger.next ?? '' });

  expect(seen).toHaveLength(32);
  expect(seen).toEqual([...new Set(seen)].sort().reverse());
  expect([ledger.items.length, rest.items.length, rest.next]).toEqual([30, 2, null]);
  expect(ledger.counts).toEqual({ received: 7, queued: 25, disconnected: 0, merged: 0, quarantined: 0, skipped: 0 });
});

test('lists are narrowed by state, queue, mailbox and part of subject or sender, taken literally', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  await intake.accept(mailbox, [
    mail(1, { subject: '100% sure' }),
    mail(2, { subject: '100 percent' }),
    mail(3, { headers: ['Auto-Submitted: auto-replied'] }),
  ]);
  await intake.idle();
  const subjects = async (query: Parameters<typeof listInteractions>[1]) =>
    (await listInteractions(store.read, query)).items.map((item) => item.subject);

  expect(await subjects({ search: '100%' })).toEqual(['100% sure']);
  expect(await subjects({ search: 'customer-3@' })).toEqual(['Question 3']);
  expect(await subjects({ state: 'disconnected' })).toEqual(['Question 3']);
  expect(await subjects({ queue: 'general' })).toEqual(['100 percent', '100% sure']);
  expect(await subjects({ mailbox: 'another' })).toEqual([]);
});
