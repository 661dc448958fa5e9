import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { findConversation } from '../../runtime/intake/find-conversation.ts';
import { replyToOf } from '../../runtime/outbound/answer-look.ts';
import { rowsOfTokens } from '../../runtime/outbound/bounce-token.ts';
import { answerTo, emailFrom, openOutbox } from './fixture.ts';

async function boxWithRoute() {
  const box = await openOutbox(null);
  onTestFinished(() => box.close());
  box.settings.fromAddresses = [
    { id: 'desk', address: 'desk@demo.test', name: 'Service desk' },
    { id: 'billing', address: 'billing@demo.test', name: 'Billing' },
  ];
  box.settings.routes = [
    {
      id: 'support',
      pattern: 'support@demo.test',
      flow: 'support',
      from: 'desk',
      replyTo: 'replies',
      bcc: ['archive@elsewhere.test', 'boss@elsewhere.test'],
      signature: 'The desk <b>team</b>',
      history: true,
    },
    { id: 'replies', pattern: 'replies@demo.test', flow: 'support' },
  ];
  const raws = async () => {
    const rows = await box.store.read.selectFrom('outbox').selectAll().orderBy('id').execute();
    return rows.map((row) => ({ ...row, raw: Buffer.from(row.raw) }));
  };
  return { ...box, raws };
}

const proven = { spf: 'pass', dkim: 'pass', dmarc: 'pass' } as const;

test('an answer is from, replied to, signed and quoted as its route says, and each blind copy is a mail of its own', async () => {
  const box = await boxWithRoute();
  const email = emailFrom('vera@example.test', {
    authentication: proven,
    text: 'Where is it?\n<script>',
    date: '2026-11-21T10:00:00.000Z',
  });

  await box.settle(email, [answerTo(email, { html: '<p>We have got it.</p>' })], 'support');

  const rows = await box.raws();
  expect(rows.map(({ to_address, kind, thread }) => [to_address, kind, thread !== ''])).toEqual([
    ['vera@example.test', 'auto-response', true],
    ['archive@elsewhere.test', 'copy', false],
    ['boss@elsewhere.test', 'copy', false],
  ]);
  const [answer, copy] = rows;
  // The copy is the same mail, byte for byte: nothing in it tells of the others.
  expect(copy?.raw.equals(answer?.raw ?? Buffer.alloc(0))).toBe(true);
  expect(answer?.raw.toString()).not.toMatch(/elsewhere\.test|^bcc:/im);
  const mail = await simpleParser(answer?.raw ?? '');
  expect(mail.from?.value).toEqual([{ address: 'desk@demo.test', name: 'Service desk' }]);
  expect(mail.replyTo?.value[0]?.address).toBe('replies@demo.test');
  expect(mail.text?.trimEnd()).toBe(
    'We have got it.\n\n-- \nThe desk <b>team</b>\n\nOn 2026-11-21 10:00 UTC, Vera wrote:\n> Where is it?\n> <script>',
  );
  expect(mail.html).toContain('&lt;b&gt;team&lt;/b&gt;');
  expect(mail.html).toContain('&gt; &lt;script&gt;');
});

test("the flow's from address wins, an unproven sender is not quoted, and what is withheld is copied to nobody", async () => {
  const box = await boxWithRoute();
  const email = emailFrom('vera@example.test');

  await box.settle(email, [answerTo(email, { from: 'billing' })], 'support');
  const robot = emailFrom('robot@example.test', { mayAutoRespond: false });
  await box.settle(robot, [answerTo(robot)], 'support');

  const rows = await box.raws();
  expect(rows.map(({ to_address, state }) => [to_address, state === 'withheld'])).toEqual([
    ['vera@example.test', false],
    ['archive@elsewhere.test', false],
    ['boss@elsewhere.test', false],
    ['robot@example.test', true],
  ]);
  const mail = await simpleParser(rows[0]?.raw ?? '');
  expect(mail.from?.value).toEqual([{ address: 'billing@demo.test', name: 'Billing' }]);
  expect(mail.text).not.toContain('wrote:');
});

test('copies count in no budget: who gets all of them may still be answered', async () => {
  const box = await boxWithRoute();
  for (let number = 0; number < 12; number += 1) {
    const email = emailFrom(`customer-${number}@example.test`);
    await box.settle(email, undefined, 'support');
  }
  const email = emailFrom('boss@elsewhere.test');

  await box.settle(email, undefined, 'support');

  const last = (await box.raws()).filter(
    ({ to_address, kind }) => to_address === email.from.address && kind !== 'copy',
  );
  expect(last).toMatchObject([{ state: expect.not.stringMatching('withheld') }]);
  // And gets no copy of his own answer.
  const copies = (await box.raws()).filter(
    ({ to_address, kind }) => to_address === email.from.address && kind === 'copy',
  );
  expect(copies).toHaveLength(12);
});

test('a route that wants it gives each answer a Reply-To of its own, which is known again for 180 days, and nothing else is', async () => {
  const box = await boxWithRoute();
  const [route] = box.settings.routes;
  Object.assign(route ?? {}, { replyToken: true });
  const email = emailFrom('vera@example.test');
  const interaction = await box.settle(email, undefined, 'support');
  const mail = await simpleParser((await box.raws())[0]?.raw ?? '');
  const address = mail.replyTo?.value[0]?.address ?? '';
  const find = (recipient: string, days = 0) =>
    findConversation(box.store.read, emailFrom('vera@example.test'), {
      recipients: [recipient],
      sign: box.sign,
      now: box.clock.now() + days * 86_400_000,
    });

  expect(address).toMatch(/^replies\+[0-9a-z]{26}\.[a-z2-7]{16}@demo\.test$/);
  expect(await find(address)).toEqual({ conversation: interaction, how: 'token', isStranger: false });
  expect(await find(address, 179)).not.toBeNull();
  expect(await find(address, 181)).toBeNull();
  expect(await find(address.replace(/\.[a-z2-7]{4}/, '.aaaa'))).toBeNull();
  // A token of one kind proves nothing of the other: whoever gets our answer cannot report it as undeliverable.
  expect(rowsOfTokens(address, box.sign)).toEqual([]);
});

test('a body that ends in line ends stands one empty line above the signature', async () => {
  const box = await boxWithRoute();
  const email = emailFrom('vera@example.test');

  await box.settle(email, [answerTo(email, { body: 'We have got it.\n\n' })], 'support');

  const [answer] = await box.raws();
  expect(answer?.text.startsWith('We have got it.\n\n-- \nThe desk')).toBe(true);
});

test('without the wish, or where no token fits before the @, the Reply-To is the plain address', () => {
  const long = 'a-name-of-more-than-twenty-letters@demo.test';
  const routes = [
    { id: 'one', pattern: 'one@demo.test', replyToken: true },
    { id: 'long', pattern: long },
    { id: 'all', pattern: '*@demo.test', replyToken: true },
  ];
  const replyTo = (id: string, changes = {}) =>
    replyToOf(routes, routes.filter((each) => each.id === id).map((each) => ({ ...each, ...changes }))[0]);

  expect(replyTo('one')).toEqual({ address: 'one@demo.test', hasToken: true });
  expect(replyTo('one', { replyToken: false })).toEqual({ address: '', hasToken: false });
  expect(replyTo('one', { replyTo: 'long' })).toEqual({ address: long, hasToken: false });
  expect(replyTo('all')).toEqual({ address: '', hasToken: false });
  expect(replyTo('all', { replyTo: 'one' })).toEqual({ address: 'one@demo.test', hasToken: true });
});
