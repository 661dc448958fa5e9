import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAlarms } from '../../runtime/alarms/alarms.ts';
import { createBreakerConditions } from '../../runtime/alarms/breaker-conditions.ts';
import { createWatch } from '../../runtime/alarms/watch.ts';
import { createGuard } from '../../runtime/outbound/guard.ts';
import { safeSubject } from '../../runtime/outbound/subject.ts';
import { answerReferences, threadOf } from '../../runtime/outbound/thread.ts';
import type { Email } from '../../schemas/email.ts';
import { usualBudgets } from '../../schemas/settings.ts';
import { answerTo, emailFrom, openOutbox, type TestOutbox } from './fixture.ts';

let box: TestOutbox;
beforeEach(async () => {
  box = await openOutbox(null);
});
afterEach(() => box.close());

async function reasonFor(email: Email, changes = {}): Promise<string> {
  const before = new Set((await box.rows()).map((row) => row.id));
  await box.settle(email, [answerTo(email, changes)]);
  const row = (await box.rows()).find(({ id }) => !before.has(id));
  expect(row?.state).toBe(row?.reason === '' ? 'waiting' : 'withheld');
  return row?.reason ?? 'no row';
}

describe('what the guard withholds', () => {
  test.each<[string, Email, object, RegExp | '']>([
    ['nothing', emailFrom('vera@example.com'), {}, ''],
    [
      'what the verdict forbids, with its evidence',
      emailFrom('vera@example.com', {
        mayAutoRespond: false,
        evidence: [{ verdict: 'mayAutoRespond', header: 'precedence', value: 'bulk', reason: 'It is bulk mail' }],
      }),
      {},
      /It is bulk mail/,
    ],
    ['no sender', emailFrom('', { from: { address: '', name: '', domain: '' } }), {}, /no sender/],
    ['another recipient', emailFrom('vera@example.com'), { to: 'victim@example.com' }, /Only the sender/],
    ['a quoted address', emailFrom('"a b"@example.com'), {}, /cannot be answered safely/],
    ['a list in place of an address', emailFrom('a@example.com,b@example.com'), {}, /cannot be answered safely/],
    ['our own address in any case', emailFrom('SUPPORT@demo.test'), {}, /our own addresses/],
  ])('%s', async (_name, email, changes, reason) => {
    const found = await reasonFor(email, changes);

    if (reason === '') expect(found).toBe('');
    else expect(found).toMatch(reason);
  });

  test('more answers to one sender than an hour allows, whatever the case of the letters', async () => {
    box.settings.budgets = { ...usualBudgets(), perSenderPerHour: 2, perThreadPerDay: 100, perMailboxPerHour: 100 };

    expect(await reasonFor(emailFrom('vera@example.com'))).toBe('');
    expect(await reasonFor(emailFrom('Vera@example.com'))).toBe('');
    expect(await reasonFor(emailFrom('VERA@example.com'))).toMatch(/This sender got 2 .* \(budget 2\)/);
    expect(await reasonFor(emailFrom('other@example.com'))).toBe('');

    box.clock.time += 3_600_001;
    expect(await reasonFor(emailFrom('vera@example.com'))).toBe('');
  });

  test('more answers in one conversation than a day allows', async () => {
    box.settings.budgets = { ...usualBudgets(), perSenderPerHour: 100, perThreadPerDay: 1, perMailboxPerHour: 100 };

    expect(await reasonFor(emailFrom('a@example.com', { messageId: 'm0@x' }))).toBe('');
    expect(await reasonFor(emailFrom('b@example.com', { references: ['m0@x', 'm1@x'] }))).toMatch(/conversation got 1/);
    expect(await reasonFor(emailFrom('c@example.com', { inReplyTo: 'm0@x' }))).toMatch(/conversation got 1/);
    box.clock.time += 86_400_001;
    expect(await reasonFor(emailFrom('d@example.com', { inReplyTo: 'm0@x' }))).toBe('');
  });

  test('mails without any message id are no conversation', async () => {
    box.settings.budgets = { ...usualBudgets(), perSenderPerHour: 100, perThreadPerDay: 1, perMailboxPerHour: 100 };

    expect(await reasonFor(emailFrom('a@example.com', { messageId: '' }))).toBe('');
    expect(await reasonFor(emailFrom('b@example.com', { messageId: '' }))).toBe('');
  });

  test('a storm: the breaker of the mailbox, which withheld mails do not hold open', async () => {
    box.settings.budgets = { ...usualBudgets(), perSenderPerHour: 100, perThreadPerDay: 100, perMailboxPerHour: 3 };

    for (let i = 0; i < 3; i += 1) expect(await reasonFor(emailFrom(`a${i}@example.com`))).toBe('');
    for (let i = 0; i < 3; i += 1) expect(await reasonFor(emailFrom(`b${i}@example.com`))).toMatch(/circuit breaker 3/);

    box.clock.time += 3_600_001;
    expect(await reasonFor(emailFrom('c@example.com'))).toBe('');
  });

  test('the breaker remembers over a restart', async () => {
    box.settings.budgets = { ...usualBudgets(), perSenderPerHour: 100, perThreadPerDay: 100, perMailboxPerHour: 1 };
    expect(await reasonFor(emailFrom('a@example.com'))).toBe('');

    const guard = createGuard({ settings: { read: () => box.settings }, clock: box.clock });
    const email = emailFrom('b@example.com');
    const { mailbox } = box;
    const reviewed = await box.store.commit((tx) => guard.review(tx, { email, mailbox, effects: [answerTo(email)] }));

    expect(reviewed).toMatchObject([{ allowed: false, reason: expect.stringContaining('circuit breaker') }]);
  });

  test('a breaker that holds answers back is one alarm, over when nothing is held back any more', async () => {
    box.settings.budgets = { ...usualBudgets(), perMailboxPerHour: 1 };
    const { store, clock, mailbox } = box;
    const settings = { read: () => box.settings };
    const nothing = {
      onChange: () => {},
      onAnnounced: () => {},
      announce: async () => {},
      announceNow: async () => true,
    };
    const alarms = createAlarms({ store, clock, ...nothing });
    const breakers = createBreakerConditions({ settings, clock });
    const watch = createWatch({
      alarms,
      store,
      conditions: async () => breakers.conditions(),
      mailboxes: () => [mailbox],
      clock,
      log: { error() {} },
    });
    const guard = createGuard({ settings, clock, onBreak: breakers.broke });
    const review = (address: string) => {
      const email = emailFrom(address);
      return store.commit((tx) => guard.review(tx, { email, mailbox, effects: [answerTo(email)] }));
    };
    const open = async () => (await alarms.page()).open.map(({ kind, message }) => `${kind} ${message}`);

    await review('a@example.com');
    await watch.look();
    const before = await open();
    await review('b@example.com');
    await review('c@example.com');
    await watch.look();
    const during = await open();
    for (const minutes of [11, 1, 5]) {
      clock.time += minutes * 60_000;
      await watch.look();
    }

    expect(before).toEqual([]);
    expect(during).toEqual([expect.stringMatching(/^circuit-breaker receiver has sent 1 automatic answers/)]);
    expect(await open()).toEqual([]);
  });

  test('several answers of one run count among each other', async () => {
    box.settings.budgets = { ...usualBudgets(), perSenderPerHour: 2, perThreadPerDay: 100, perMailboxPerHour: 100 };
    const email = emailFrom('vera@example.com');

    await box.settle(email, [answerTo(email), answerTo(email), answerTo(email)]);

    expect((await box.rows()).map((row) => row.state)).toEqual(['waiting', 'waiting', 'withheld']);
  });

  test('everything where there is no address to answer from', async () => {
    const [first] = box.settings.mailboxes;
    if (first !== undefined) first.address = '';
    box.settings.domains = [];

    expect(await reasonFor(emailFrom('vera@example.com', { to: [] }))).toMatch(/no address to answer from/);
  });
});

describe('the subject', () => {
  test.each([
    ['Re: Parcel', 'Parcel', 'Re: Parcel'],
    ['Re: a\r\nBcc: victim@example.com', 'a\r\nBcc: victim@example.com', 'Re: a Bcc: victim@example.com'],
    ['Re: You won https://evil.test/x now', 'You won https://evil.test/x now', 'Re: You won [link removed] now'],
    ['Re: go to evil.test/win', 'go to evil.test/win', 'Re: go to [link removed]'],
    ['Track at https://shop.test/t', 'Parcel', 'Track at https://shop.test/t'],
    ['Re: \u202egnp.exe', '\u202egnp.exe', 'Re: gnp.exe'],
    [`Re: ${'ä'.repeat(300)}`, 'ä'.repeat(300), `Re: ${'ä'.repeat(195)}…`],
  ])('%j on a mail about %j', (subject, theirs, expected) => {
    expect(safeSubject(subject, emailFrom('vera@example.com', { subject: theirs }))).toBe(expected);
  });

  test('a sender whom DMARC proved gets his links back', () => {
    const subject = 'See https://shop.test/1';
    const email = emailFrom('vera@example.com', { subject, authentication: { spf: '', dkim: '', dmarc: 'pass' } });

    expect(safeSubject(`Re: ${subject}`, email)).toBe(`Re: ${subject}`);
  });
});

describe('the conversation', () => {
  test('is named by its oldest id', () => {
    const ids = { messageId: 'c@x', inReplyTo: 'b@x', references: ['a@x', 'b@x'] };

    expect(threadOf(emailFrom('v@x', ids))).toBe('a@x');
    expect(threadOf(emailFrom('v@x', { ...ids, references: [] }))).toBe('b@x');
    expect(threadOf(emailFrom('v@x', { messageId: 'c@x' }))).toBe('c@x');
    expect(threadOf(emailFrom('v@x', { messageId: 'c x\r\n' }))).toBe('');
  });

  test('References stay bounded and keep the oldest and the newest', () => {
    const references = Array.from({ length: 500 }, (_, i) => `m${i}@x`);

    const found = answerReferences(emailFrom('v@x', { messageId: 'last@x', references }));

    expect(found.references).toHaveLength(20);
    expect(found.references.at(0)).toBe('m0@x');
    expect(found.references.at(-1)).toBe('last@x');
    expect(found.inReplyTo).toBe('last@x');
  });

  test('ids that could end a header are left out', () => {
    const hostile = { messageId: 'a@x>\r\nBcc: v@x', references: ['ok@x', '<b@x', 'x'.repeat(600)] };

    expect(answerReferences(emailFrom('v@x', hostile))).toEqual({ inReplyTo: null, references: ['ok@x'] });
  });
});
