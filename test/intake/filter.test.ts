import { expect, test } from 'vitest';
import { linkState } from '../../runtime/filters/challenges.ts';
import { getInteraction, listInteractions } from '../../runtime/intake/interactions.ts';
import { ledgerCounts, listLedger } from '../../runtime/intake/ledger.ts';
import type { Store } from '../../runtime/store/store.ts';
import type { Settings } from '../../schemas/settings.ts';
import { openTempStore, tempDatabase } from '../store/temp-store.ts';
import { createRooms, mail } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

const blocking = (settings: Settings) => {
  settings.filters.everywhere.block = ['customer-1@example.test'];
};
const askingStrangers = (settings: Settings) => {
  settings.filters.everywhere.confirmStrangers = true;
  settings.filters.trustedServers = ['mx.demo.test'];
};
const proved = 'Authentication-Results: mx.demo.test; dmarc=pass header.from=example.test';

const reasonsOf = async (store: Store) =>
  (await listInteractions(store.read, {})).items.map(({ state, reason }) => `${state} ${reason.split(':')[0]}`);
const outbox = (store: Store) =>
  store.read.selectFrom('outbox').select(['to_address', 'action', 'text', 'subject', 'state']).orderBy('id').execute();
const linkIn = (text: string) => /https:\/\/mail\.demo\.test\/confirm\/(\S+)/.exec(text)?.[1] ?? '';

test('a filtered mail is recorded and kept, its neighbours run, and let through it takes its flow', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, { settings: blocking });
  await intake.accept(mailbox, [mail(1), mail(2)]);
  await intake.idle();
  const [skipped] = (await listInteractions(store.read, { state: 'skipped' })).items;
  const recorded = (await listLedger(store.read, { state: 'skipped' })).items;
  const before = await getInteraction(store.read, skipped?.id ?? '');

  await intake.retry(skipped?.id ?? '');
  await intake.idle();

  expect(recorded).toMatchObject([{ serverKey: '7:1', reason: expect.stringMatching(/^sender-blocked: /) }]);
  expect(before).toMatchObject({ email: { subject: 'Question 1' }, run: null });
  expect(await getInteraction(store.read, skipped?.id ?? '')).toMatchObject({
    state: 'queued',
    queue: 'general',
    run: { flow: 'support' },
  });
  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 2, skipped: 0, received: 0 });
});

test('that a mail was let through is known after a crash', async () => {
  const file = tempDatabase();
  const store = await openTempStore(file);
  const first = createRooms(store, { settings: blocking });
  await first.intake.start();
  await first.intake.accept(first.mailbox, [mail(1)]);
  await first.intake.idle();
  const [skipped] = (await listInteractions(store.read, { state: 'skipped' })).items;
  await first.stop();
  // A process that stops before it runs what it was given leaves the ledger as this one does.
  await first.intake.retry(skipped?.id ?? '');

  const { intake } = await startRooms(store, { settings: blocking });
  await intake.idle();

  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 1, skipped: 0, received: 0 });
});

test('a stranger is asked once; the link confirms once, and every mail of theirs goes on', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, { settings: askingStrangers });
  await intake.accept(mailbox, [mail(1, { headers: [proved] })]);
  await intake.idle();
  const again = { headers: [proved, 'X-From-Before: yes'], serverKey: '7:11' };
  await intake.accept(mailbox, [mail(1, again)]);
  await intake.idle();
  const held = await reasonsOf(store);
  const asked = await outbox(store);
  const token = linkIn(asked[0]?.text ?? '');
  const opened = await linkState(store.read, token, Date.now());

  await intake.confirmSender('x'.repeat(43));
  await intake.confirmSender(token);
  await intake.idle();
  await intake.confirmSender(token);
  await intake.accept(mailbox, [mail(1, { serverKey: '7:12' })]);
  await intake.idle();

  expect(held).toEqual(['held awaits-confirmation', 'held awaits-confirmation']);
  expect(asked).toMatchObject([{ to_address: 'customer-1@example.test', action: '(confirm-sender)' }]);
  expect(asked[0]?.text).not.toContain('Question');
  expect([opened.state, (await linkState(store.read, token, Date.now())).state]).toEqual(['open', 'confirmed']);
  expect(await reasonsOf(store)).toEqual(['queued ', 'queued ', 'queued ']);
  expect((await outbox(store)).filter(({ action }) => action === '(confirm-sender)')).toHaveLength(1);
  expect((await outbox(store)).filter(({ action }) => action === 'answer')).toHaveLength(3);
});

test('a link that has expired confirms nothing', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, { settings: askingStrangers });
  await intake.accept(mailbox, [mail(1, { headers: [proved] })]);
  await intake.idle();
  const token = linkIn((await outbox(store))[0]?.text ?? '');
  await store.write
    .updateTable('challenges')
    .set({ expires_at: Date.now() - 1 })
    .execute();

  await intake.confirmSender(token);
  await intake.idle();

  expect(await reasonsOf(store)).toEqual(['held awaits-confirmation']);
});

test.each([
  ['nobody proved the address', {}],
  ['a stranger claims to be the proving server', { headers: [proved.replace('mx.demo', 'mx.evil')] }],
  ['an automatic mail', { headers: [proved, 'Auto-Submitted: auto-replied'] }],
  ['a list', { headers: [proved, 'List-Id: <news.example.test>'] }],
  ['bulk mail', { headers: [proved, 'Precedence: bulk'] }],
  ['the null sender', { headers: [proved], envelope: { from: '', to: ['support@demo.test'] } }],
])('no question is sent: %s', async (_why, changes) => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, { settings: askingStrangers });

  await intake.accept(mailbox, [mail(1, changes)]);
  await intake.idle();

  expect(await reasonsOf(store)).toEqual(['held awaits-confirmation']);
  expect(await outbox(store)).toEqual([]);
});

test('the budget of the send guard holds for questions, too', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, {
    settings(settings) {
      askingStrangers(settings);
      settings.budgets.perMailboxPerHour = 1;
    },
  });

  await intake.accept(mailbox, [mail(1, { headers: [proved] }), mail(2, { headers: [proved] })]);
  await intake.idle();

  expect((await outbox(store)).filter(({ state }) => state !== 'withheld')).toHaveLength(1);
  expect((await outbox(store)).filter(({ state }) => state === 'withheld')).toHaveLength(1);
  expect(await store.read.selectFrom('challenges').selectAll().execute()).toHaveLength(1);
});

test('whoever was written to from here is no stranger', async () => {
  const store = await openTempStore();
  const before = createRooms(store);
  await before.intake.start();
  await before.intake.accept(before.mailbox, [mail(1)]);
  await before.intake.idle();
  await before.stop();
  const { intake, mailbox } = await startRooms(store, { settings: askingStrangers });

  await intake.accept(mailbox, [mail(1, { serverKey: '7:9' }), mail(2)]);
  await intake.idle();

  expect((await reasonsOf(store)).sort()).toEqual(['held awaits-confirmation', 'queued ', 'queued ']);
});
