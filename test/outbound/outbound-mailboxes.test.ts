import { afterEach, expect, test } from 'vitest';
import { outboundFor } from '../../runtime/outbound/outbound-for.ts';
import { outboundStatus } from '../../runtime/outbound/outbound-status.ts';
import { createRateLimit } from '../../runtime/outbound/rate-limit.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import { emailFrom, openOutbox, smtpTo, type TestOutbox } from './fixture.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function sink(options?: Parameters<typeof startSmtpSink>[0]) {
  const started = await startSmtpSink(options);
  closing.push(started.stop);
  return started;
}

async function opened(...outbound: ReturnType<typeof smtpTo>[]): Promise<TestOutbox> {
  const box = await openOutbox(outbound[0] ?? null);
  closing.push(box.close);
  box.setOutbound(...outbound);
  await box.outbox.start();
  return box;
}

const inState = (box: TestOutbox, state: string, count = 1) =>
  until(`${count} × ${state}`, async () => (await box.rows()).filter((row) => row.state === state).length === count);

const other = (port: number, changes = {}) =>
  smtpTo(port, {}, { id: 'shop', name: 'shop', sendsFor: ['*@shop.test'], ...changes });

const toShop = (address: string) =>
  emailFrom(address, { to: [{ address: 'info@shop.test', name: '', domain: 'shop.test' }] });

test('a mail leaves by the mailbox that sends for its address or its domain, else by the default', async () => {
  const box = await opened(smtpTo(1), other(2), other(3, { id: 'boss', name: 'boss', sendsFor: ['Boss@shop.test'] }));

  const chosen = ['boss@shop.test', 'info@SHOP.test', 'support@demo.test'].map(
    (from) => outboundFor(box.settings, from)?.id,
  );

  expect(chosen).toEqual(['boss', 'shop', 'smtp-client']);
  expect(outboundFor(box.settings, 'support@demo.test', 'boss')?.id).toBe('boss');
});

test('a mailbox that does not work holds up no other, and what waits for one that is deleted leaves by the default', async () => {
  const gone = await startSmtpSink();
  await gone.stop();
  const server = await sink();
  const box = await opened(smtpTo(server.port), other(gone.port));
  const [receiver] = box.settings.mailboxes;
  if (receiver) receiver.address = 'info@shop.test';

  await box.settle(toShop('vera@example.com'));
  await until('suspended', () => box.status('shop')?.suspended !== null && box.status('shop') !== undefined);
  if (receiver) receiver.address = 'support@demo.test';
  box.setOutbound(smtpTo(server.port), other(gone.port));
  await box.settle(emailFrom('kim@example.com'));
  await inState(box, 'sent');
  expect(server.mails.map(({ to }) => to[0])).toEqual(['kim@example.com']);

  box.setOutbound(smtpTo(server.port));
  await inState(box, 'sent', 2);
});

test('a server that refuses the null sender gets a named one, from then on at once, and the mailbox says so', async () => {
  const server = await sink({ refusesNullSender: true });
  const box = await opened(smtpTo(server.port, {}, { bounceAddress: 'bounces@demo.test' }));

  await box.settle(emailFrom('vera@example.com'));
  await inState(box, 'sent');
  await box.settle(emailFrom('kim@example.com'));
  await inState(box, 'sent', 2);

  expect(server.mails.map(({ from }) => from)).toEqual([
    expect.stringMatching(/^bounces\+.{43}@demo\.test$/),
    expect.stringMatching(/^bounces\+.{43}@demo\.test$/),
  ]);
  expect(server.nullSenders()).toBe(1);
  expect(box.status()?.note).toContain('bounces@demo.test');
});

test('a server that asks for patience gets one mail at a time, and the pool again once it takes mails', async () => {
  const server = await sink();
  server.behave({ kind: 'answer', code: 450, message: '4.7.1 Too many' }, { kind: 'take' });
  const box = await opened(smtpTo(server.port));

  await box.settle(emailFrom('vera@example.com'));
  await until('slowed', () => box.status()?.slowed !== null && box.status() !== undefined);
  await box.settle(emailFrom('kim@example.com'));
  expect((await box.rows()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);

  box.clock.time += 120_000;
  box.outbox.wake();
  await inState(box, 'sent', 2);
  expect(box.status()?.slowed).toBeNull();
});

test('a pool of a hundred connections is filled and never exceeded; what finds it full waits, and leaves once', async () => {
  const server = await sink();
  const answered = Promise.withResolvers<void>();
  server.behave({ kind: 'take', when: answered.promise });
  const box = await opened(smtpTo(server.port, {}, { connections: 100 }));

  for (let index = 0; index < 130; index += 1) await box.settle(emailFrom(`customer-${index}@example.com`));
  await server.waitFor(100);
  expect(box.status()?.inFlight).toBe(100);
  expect((await box.rows()).filter(({ state }) => state === 'waiting')).toHaveLength(30);
  expect(server.connections()).toBe(100);
  answered.resolve();

  await inState(box, 'sent', 130);
  expect(new Set(server.mails.map(({ to }) => to[0])).size).toBe(130);
  expect(server.mails).toHaveLength(130);
  expect(server.connections()).toBeLessThanOrEqual(100);
});

test('what a limit holds back waits, and leaves when its time has come', async () => {
  const server = await sink();
  const box = await opened(smtpTo(server.port, {}, { limits: { perMinute: 2 } }));

  for (const name of ['a', 'b', 'c']) await box.settle(emailFrom(`${name}@example.com`));
  await inState(box, 'sent', 2);
  box.outbox.wake();
  await inState(box, 'waiting');

  box.clock.time += 64_000;
  box.outbox.wake();
  await inState(box, 'sent', 3);
});

test('limits count within a window that slides, also what was sent before a restart', () => {
  const limit = createRateLimit({ perSecond: 3, perDay: 5 }, [0, 1_000]);

  limit.count(100_000, 3);

  expect(limit.free(100_000)).toBe(0);
  expect(limit.freeAt(100_000)).toBeLessThanOrEqual(86_400_000 * 1.1);
  expect(createRateLimit({}).free(0)).toBe(Infinity);
});

test('a mailbox that is switched off keeps its mails, which are delayed after 2 days and given up after 4', async () => {
  const server = await sink();
  const off = smtpTo(server.port, {}, { enabled: false });
  const box = await opened(off);
  await box.settle(emailFrom('vera@example.com'));
  const statusAfter = async (days: number) => {
    box.clock.time += days * 86_400_000;
    return outboundStatus(box.store.read, off, box.status(), box.clock.now());
  };

  const first = await statusAfter(1);
  const late = await statusAfter(1.5);
  box.clock.time += 2 * 86_400_000;
  await inState(box, 'failed');

  expect(first).toMatchObject({ state: 'off', waiting: 1, delayed: 0 });
  expect(late).toMatchObject({ waiting: 1, delayed: 1 });
  expect((await box.row()).reason).toContain('Could not be sent for 4 days');
  expect(server.mails).toEqual([]);
});
