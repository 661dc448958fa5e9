import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, describe, expect, test } from 'vitest';
import { isOwnMessageId } from '../../runtime/mail/message-id.ts';
import { getOutboxItem, listOutbox } from '../../runtime/outbound/outbox-pages.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import { answerTo, emailFrom, openOutbox, smtpTo, type TestOutbox } from './fixture.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function sink(options?: Parameters<typeof startSmtpSink>[0]): Promise<SmtpSink> {
  const started = await startSmtpSink(options);
  closing.push(started.stop);
  return started;
}

async function started(outbound: Parameters<typeof openOutbox>[0]): Promise<TestOutbox> {
  const opened = await openOutbox(outbound);
  closing.push(opened.close);
  await opened.outbox.start();
  return opened;
}

const inState = (box: TestOutbox, state: string, count = 1) =>
  until(`${count} × ${state}`, async () => (await box.rows()).filter((row) => row.state === state).length === count);

describe('sending', () => {
  test('an answer reaches the sender, marked as automatic and within the conversation', async () => {
    const server = await sink();
    const box = await started(smtpTo(server.port, {}, { fromName: 'Süd-Support' }));
    const email = emailFrom('vera@example.com', { messageId: 'm2@example.com', references: ['m0@x', 'm1@x'] });

    await box.settle(email, [answerTo(email, { subject: 'Re: Grüße', body: 'Größe: 10 €\n.\nEnde' })]);

    const [mail] = await server.waitFor(1);
    expect(mail).toMatchObject({ from: '', to: ['vera@example.com'] });
    const parsed = await simpleParser(mail?.raw ?? '');
    expect(parsed.from?.value).toEqual([{ address: 'support@demo.test', name: 'Süd-Support' }]);
    expect(parsed).toMatchObject({ subject: 'Re: Grüße', inReplyTo: '<m2@example.com>' });
    expect(parsed.references).toEqual(['<m0@x>', '<m1@x>', '<m2@example.com>']);
    expect(parsed.text?.trim()).toBe('Größe: 10 €\n.\nEnde');
    expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
    expect(parsed.headers.get('x-auto-response-suppress')).toBe('All');
    expect(isOwnMessageId(parsed.messageId ?? '', box.settings.installation)).toBe(true);
    await inState(box, 'sent');
    expect(await box.row()).toMatchObject({ attempts: 1, reason: expect.stringContaining('Taken') });
  });

  test('a hundred answers arrive once each', async () => {
    const server = await sink();
    const box = await started(smtpTo(server.port));

    await Promise.all(Array.from({ length: 100 }, (_, i) => box.settle(emailFrom(`s${i}@example.com`))));

    await inState(box, 'sent', 100);
    expect(new Set(server.mails.flatMap((mail) => mail.to)).size).toBe(100);
    expect(server.mails).toHaveLength(100);
  });

  test('settling the same interaction again sends nothing again', async () => {
    const server = await sink();
    const box = await started(smtpTo(server.port));
    const email = emailFrom('vera@example.com');
    const interaction = await box.settle(email);

    const { answers, mailbox } = box;
    await box.store.commit((tx) => answers.enqueue(tx, { interaction, email, mailbox, effects: [answerTo(email)] }));

    await inState(box, 'sent');
    expect(await box.rows()).toHaveLength(1);
  });

  test('without a way out mails are captured, and later ones leave when there is one', async () => {
    const server = await sink();
    const box = await started(null);
    await box.settle(emailFrom('captured@example.com'));
    await inState(box, 'captured');

    box.setOutbound(smtpTo(server.port));
    await box.settle(emailFrom('sent@example.com'));

    await inState(box, 'sent');
    box.setOutbound();
    await box.settle(emailFrom('again@example.com'));
    await inState(box, 'captured', 2);
    expect(server.mails.map((mail) => mail.to)).toEqual([['sent@example.com']]);
  });

  test('a temporary refusal is tried again later, at growing distances', async () => {
    const server = await sink();
    server.behave({ kind: 'answer', code: 451, message: '4.3.0 Later' }, { kind: 'take' });
    const box = await started(smtpTo(server.port));
    await box.settle(emailFrom('vera@example.com'));

    await until('one attempt', async () => (await box.row()).attempts === 1);
    const first = await box.row();
    expect(first).toMatchObject({ state: 'waiting', reason: expect.stringContaining('4.3.0 Later') });
    const delay = (first.next_attempt_at ?? 0) - box.clock.now();
    expect(delay).toBeGreaterThanOrEqual(48_000);
    expect(delay).toBeLessThanOrEqual(72_000);

    box.clock.time += 72_000;
    box.outbox.wake();
    await inState(box, 'sent');
    expect((await box.row()).attempts).toBe(2);
    // The same Message-ID, so that a server or a reader may tell that it is the same mail.
    expect(new Set(server.mails.map((mail) => /message-id: .*/i.exec(mail.raw.toString())?.[0])).size).toBe(1);
  });

  test('what is refused for four days fails, visibly', async () => {
    const server = await sink();
    server.behave({ kind: 'answer', code: 451, message: 'Never' });
    const box = await started(smtpTo(server.port));
    const begin = box.clock.now();
    await box.settle(emailFrom('vera@example.com'));

    await until('given up', async () => {
      box.clock.time = (await box.row()).next_attempt_at ?? 0;
      box.outbox.wake();
      return (await box.row()).state === 'failed';
    });

    const { reason } = await box.row();
    expect(reason).toBe('Given up after 4 days: 451 Never');
    const days = (box.clock.now() - begin) / 86_400_000;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(5);
  });

  test('a permanent refusal fails at once with the words of the server, and a person may try again', async () => {
    const server = await sink();
    server.refuseRecipient('gone@example.com', 550);
    const box = await started(smtpTo(server.port));
    await box.settle(emailFrom('gone@example.com'));

    await inState(box, 'failed');
    const { id, reason } = await box.row();
    expect(reason).toBe('550 Recipient refused');
    expect(server.mails).toHaveLength(0);

    server.refuseRecipient('gone@example.com', 251);
    await expect(box.outbox.retry('nothing')).rejects.toMatchObject({ code: 'outbox-item-not-found', status: 404 });
    server.refuseRecipient('gone@example.com', 450);
    await box.outbox.retry(id);
    await until('tried again', async () => (await box.row()).reason.startsWith('450'));

    await box.outbox.giveUp(id, 'Anna');
    expect(await box.row()).toMatchObject({ state: 'failed', reason: 'Given up by Anna', next_attempt_at: null });
    await expect(box.outbox.giveUp(id, 'Anna')).rejects.toMatchObject({ code: 'outbox-item-not-waiting', status: 409 });
    server.refuseRecipient('gone@example.com', 250);
  });

  test('a connection that breaks after the final dot leaves the mail uncertain, and it is not sent again by itself', async () => {
    const server = await sink();
    server.behave({ kind: 'drop-after-final-dot' }, { kind: 'take' });
    const box = await started(smtpTo(server.port));
    await box.settle(emailFrom('vera@example.com'));

    await inState(box, 'uncertain');
    box.clock.time += 10 * 86_400_000;
    await box.settle(emailFrom('other@example.com'));
    await inState(box, 'sent');
    expect(server.mails.map((mail) => mail.to[0])).toEqual(['vera@example.com', 'other@example.com']);

    await box.outbox.retry((await box.row()).id);
    await inState(box, 'sent', 2);
    expect(server.mails).toHaveLength(3);
  });

  test('a way out that does not work suspends all mails and costs none of them an attempt', async () => {
    const server = await sink({ login: { username: 'sluice', password: 'right' } });
    const box = await started(smtpTo(server.port, { username: 'sluice', password: 'wrong' }));
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => box.settle(emailFrom(`${name}@example.com`))));

    await until('suspended', () => box.status()?.suspended !== null);
    expect(box.status()?.suspended?.reason).toContain('refused the user name or password');
    await until('nothing under way', () => box.status()?.inFlight === 0);
    await inState(box, 'waiting', 6);
    expect((await box.rows()).map((row) => row.attempts)).toEqual([0, 0, 0, 0, 0, 0]);

    box.setOutbound(smtpTo(server.port, { username: 'sluice', password: 'right' }));
    await inState(box, 'sent', 6);
    expect(box.status()?.suspended).toBeNull();
  });

  test('mails wait while the server is away and leave when it is back', async () => {
    const first = await startSmtpSink();
    await first.stop();
    const box = await started(smtpTo(first.port));
    await box.settle(emailFrom('vera@example.com'));
    await until('suspended', () => box.status()?.suspended !== null);
    await inState(box, 'waiting');
    expect((await box.row()).attempts).toBe(0);

    const server = await sink({ port: first.port });
    box.clock.time += 60_000;
    box.outbox.wake();
    await server.waitFor(1);
    await inState(box, 'sent');
  });

  test('mails wait no longer than ever when the clock was wrong by a day and is set right', async () => {
    const first = await startSmtpSink();
    await first.stop();
    const box = await started(smtpTo(first.port));
    box.clock.time += 86_400_000;
    await box.settle(emailFrom('vera@example.com'));
    await until('suspended', () => box.status()?.suspended !== null);
    await inState(box, 'waiting');

    const server = await sink({ port: first.port });
    box.clock.time -= 86_400_000;
    await server.waitFor(1);

    await inState(box, 'sent');
  });

  test('a restart finds mails that a wrong clock had put off', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-clock-'));
    closing.push(() => rm(folder, { recursive: true }));
    const box = await openOutbox(smtpTo(9), folder);
    box.clock.time += 86_400_000;
    await box.settle(emailFrom('vera@example.com'));
    await box.close();
    const server = await sink();
    const again = await openOutbox(smtpTo(server.port), folder);
    closing.push(again.close);

    await again.outbox.start();
    await server.waitFor(1);

    await inState(again, 'sent');
  });

  test('mails that found no way out for four days fail, visibly', async () => {
    const gone = await startSmtpSink();
    await gone.stop();
    const box = await started(smtpTo(gone.port));
    await box.settle(emailFrom('vera@example.com'));
    await until('suspended', () => box.status()?.suspended !== null);
    await until('nothing under way', () => box.status()?.inFlight === 0);

    box.clock.time += 4 * 86_400_000 + 120_000;
    await until('failed', async () => {
      box.outbox.wake();
      return (await box.row()).state === 'failed';
    });
    const { id, reason } = await box.row();
    expect(reason).toContain('4 days');
    expect(box.undelivered).toEqual([id]);
  });

  test('stopping waits for the mail under way', async () => {
    const server = await sink();
    const box = await started(smtpTo(server.port));
    await box.settle(emailFrom('vera@example.com'));
    await until('under way', () => (box.status()?.inFlight ?? 0) > 0 || server.mails.length > 0);

    await box.outbox.stop();

    expect(await box.row()).toMatchObject({ state: 'sent' });
  });
});

describe('pages', () => {
  test('list newest first, by state and interaction, page by page', async () => {
    const box = await started(null);
    const interactions: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      box.clock.time += 1;
      interactions.push(await box.settle(emailFrom(`${name}@example.com`)));
    }
    await inState(box, 'captured', 3);

    const first = await listOutbox(box.store.read, { limit: 2 }, box.clock.now());
    const second = await listOutbox(box.store.read, { limit: 2, after: first.next ?? '' }, box.clock.now());
    const one = await listOutbox(
      box.store.read,
      { interaction: interactions[1] ?? '', state: 'captured' },
      box.clock.now(),
    );
    const none = await listOutbox(box.store.read, { state: 'failed' }, box.clock.now());

    expect(first.items.map((item) => item.to)).toEqual(['c@example.com', 'b@example.com']);
    expect(second).toMatchObject({ items: [{ to: 'a@example.com', kind: 'auto-response' }], next: null });
    expect(one.items.map((item) => item.to)).toEqual(['b@example.com']);
    expect(none.items).toEqual([]);
    const detail = await getOutboxItem(box.store.read, one.items[0]?.id ?? '', box.clock.now());
    expect(detail).toMatchObject({ from: 'support@demo.test', text: 'We have got it.', nextAttemptAt: null });
    await expect(getOutboxItem(box.store.read, 'nothing', box.clock.now())).rejects.toMatchObject({
      code: 'outbox-item-not-found',
    });
  });
});
