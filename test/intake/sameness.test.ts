import { expect, test } from 'vitest';
import { listInteractions } from '../../runtime/intake/interactions.ts';
import { createQuarantine } from '../../runtime/intake/quarantine.ts';
import { openTempStore } from '../store/temp-store.ts';
import { mail } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

test('one mail in two mailboxes, and mails without or with the same Message-ID, are a mail each', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store);
  const text = Buffer.from(mail(1).bytes).toString();
  const without = Buffer.from(text.replace(/^Message-ID: .*\r\n/m, ''));

  await intake.accept(mailbox, [mail(1), mail(2, { bytes: mail(1).bytes })]);
  await intake.accept({ ...mailbox, id: 'other' }, [mail(1)]);
  await intake.accept(mailbox, [mail(3, { bytes: without }), mail(4, { bytes: without })]);
  await intake.idle();

  const { items } = await listInteractions(store.read, {});
  expect(items.map((item) => `${item.mailbox} ${item.state}`).sort()).toEqual([
    'other queued',
    ...Array.from({ length: 4 }, () => `${mailbox.id} queued`),
  ]);
});

test('a mail that was deleted out of quarantine does not come back with the server that still has it', async () => {
  const store = await openTempStore();
  const broken = { bytes: Buffer.from(`X: ${'x'.repeat(300_000)}\r\n\r\nx`) };
  const { intake, mailbox } = await startRooms(store);
  await intake.accept(mailbox, [mail(1, broken)]);
  await intake.idle();
  const [quarantined] = (await listInteractions(store.read, { state: 'quarantined' })).items;
  await createQuarantine({ store, clock: { now: Date.now } }).discard(quarantined?.id ?? '', 'ann');

  await intake.accept(mailbox, [mail(1, broken), mail(2)]);
  await intake.idle();

  const { items } = await listInteractions(store.read, {});
  expect(items.map(({ state, subject }) => [state, subject])).toEqual([['queued', 'Question 2']]);
});
