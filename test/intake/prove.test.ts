import { expect, test } from 'vitest';
import type { IncomingMail } from '../../runtime/intake/accept.ts';
import { getInteraction, listInteractions } from '../../runtime/intake/interactions.ts';
import type { Authentication } from '../../schemas/email.ts';
import { noRules } from '../../schemas/filters.ts';
import type { Settings } from '../../schemas/settings.ts';
import { openTempStore } from '../store/temp-store.ts';
import { flow, mail } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

const outside = {
  from: 'vera@shop.com',
  to: ['support@demo.test'],
  client: { ip: '198.51.100.9', name: 'mx.shop.com' },
};
const fromShop = (number: number, headers: string[] = []): IncomingMail => ({
  ...mail(number, { envelope: outside, headers }),
  bytes: Buffer.from(
    Buffer.from(mail(number, { headers }).bytes)
      .toString()
      .replace(/^From: .*$/m, `From: <vera-${number}@shop.com>`),
  ),
});
const found = (sender: NonNullable<Authentication['sender']>): Authentication => ({
  spf: 'none',
  dkim: 'none',
  dmarc: 'none',
  sender,
  by: 'Sluice',
  evidence: [],
});

/** Rooms in which the DNS says what the test wants; how it is asked is tested with the real one. */
async function roomsFinding(sender: NonNullable<Authentication['sender']>, settings?: (draft: Settings) => void) {
  const store = await openTempStore();
  let checks = 0;
  const proof = {
    check: async () => {
      checks += 1;
      return found(sender);
    },
  };
  const rooms = await startRooms(store, { proof, ...(settings && { settings }) });
  const take = async (...mails: IncomingMail[]) => {
    await rooms.intake.accept(rooms.mailbox, mails);
    await rooms.intake.idle();
  };
  const outbox = () => store.read.selectFrom('outbox').select(['state', 'reason', 'action']).orderBy('id').execute();
  return { ...rooms, store, take, outbox, checks: () => checks };
}

test('a forged sender gets no answer, and the mail is queued all the same', async () => {
  const { store, take, outbox } = await roomsFinding('forged');

  await take(fromShop(1));

  expect(await outbox()).toMatchObject([{ state: 'withheld', reason: expect.stringContaining('(DMARC)') }]);
  const [item] = (await listInteractions(store.read, {})).items;
  expect(await getInteraction(store.read, item?.id ?? '')).toMatchObject({
    state: 'queued',
    email: { authentication: { sender: 'forged', by: 'Sluice' } },
    run: { effects: [{ allowed: false }] },
  });
});

test('senders whom nothing proves get answers up to their budget, also over a restart; the proved are not counted', async () => {
  const store = await openTempStore();
  const settings = (draft: Settings) => {
    draft.budgets.perMailboxUnprovedPerHour = 2;
  };
  let sender: 'unproved' | 'proved' = 'proved';
  const proof = { check: async () => found(sender) };
  const states = async () =>
    (await store.read.selectFrom('outbox').select('state').orderBy('id').execute()).map(({ state }) => state);
  const first = await startRooms(store, { proof, settings });
  await first.intake.accept(first.mailbox, [fromShop(1), fromShop(2)]);
  await first.intake.idle();
  sender = 'unproved';
  await first.intake.accept(first.mailbox, [fromShop(3)]);
  await first.intake.idle();
  await first.stop();
  const again = await startRooms(store, { proof, settings });

  await again.intake.accept(again.mailbox, [fromShop(4)]);
  await again.intake.idle();
  await again.intake.accept(again.mailbox, [fromShop(5)]);
  await again.intake.idle();
  sender = 'proved';
  await again.intake.accept(again.mailbox, [fromShop(6)]);
  await again.intake.idle();

  const withheld = await store.read.selectFrom('outbox').select('reason').where('state', '=', 'withheld').execute();
  expect((await states()).map((state) => state === 'withheld')).toEqual([false, false, false, false, true, false]);
  expect(withheld[0]?.reason).toMatch(/answered 2 such mails within an hour \(budget 2\)/);
});

test('a mail that no machine answers, of this machine, or of a name for trials is not looked up', async () => {
  const { take, checks } = await roomsFinding('proved');

  await take(
    fromShop(1, ['Precedence: bulk']),
    { ...fromShop(2), envelope: { ...outside, client: { ip: '127.0.0.1', name: 'program' } } },
    { ...mail(3), envelope: outside },
  );
  const none = checks();
  await take(
    { ...fromShop(4, ['DKIM-Signature: v=1']), envelope: { ...outside, client: { ip: '127.0.0.1', name: 'relay' } } },
    fromShop(5),
  );

  expect([none, checks()]).toEqual([0, 2]);
});

test('a flow that asks gets its answer for every mail', async () => {
  const store = await openTempStore();
  let checks = 0;
  const proof = {
    check: async () => {
      checks += 1;
      return found('unproved');
    },
  };
  const asking = structuredClone(flow);
  Object.assign(asking.actions.auto?.settings ?? {}, {
    condition: { '==': [{ var: 'email.authentication.dmarc' }, 'fail'] },
  });
  const rooms = await startRooms(store, { proof, published: () => ({ flow: asking, version: 1 }) });

  await rooms.intake.accept(rooms.mailbox, [fromShop(1, ['Precedence: bulk'])]);
  await rooms.intake.idle();

  expect(checks).toBe(1);
});

test('a mail whose sender is always let in is looked up, so that a forged one is not', async () => {
  const { take, store, checks } = await roomsFinding('forged', ({ filters }) => {
    filters.everywhere.allow = ['*@shop.com'];
    filters.everywhere.onlyAllowed = true;
  });

  await take(fromShop(1, ['Precedence: bulk']));

  expect(checks()).toBe(1);
  expect((await listInteractions(store.read, {})).items).toMatchObject([
    { state: 'skipped', reason: expect.stringMatching(/^sender-not-allowed: /) },
  ]);
});

test('lists of other senders, of other mailboxes, and beside no rule that stops anything have nothing looked up', async () => {
  const others = ({ filters }: Settings) => {
    filters.everywhere.allow = ['friend@other.com'];
    filters.everywhere.block = ['foe@other.com'];
    filters.mailboxes.elsewhere = { ...noRules(), allow: ['*@shop.com'], onlyAllowed: true };
  };
  const stoppingNothing = ({ filters }: Settings) => {
    filters.everywhere.allow = ['*@shop.com'];
  };

  for (const settings of [others, stoppingNothing]) {
    const { take, checks } = await roomsFinding('forged', settings);
    await take(fromShop(1, ['Precedence: bulk']));
    expect(checks()).toBe(0);
  }
});

test('a stranger whom the DNS proves is asked; once servers are trusted, fetched mail without their word is unproved', async () => {
  const { take, outbox, store } = await roomsFinding('proved', (draft) => {
    draft.filters.everywhere.confirmStrangers = true;
    draft.filters.trustedServers = ['mx.demo.test'];
  });

  await take(fromShop(1));
  await take(mail(2));

  expect(await outbox()).toMatchObject([{ action: '(confirm-sender)' }]);
  const emails = await store.read.selectFrom('interaction_details').select('email').orderBy('interaction').execute();
  expect(emails.map(({ email }) => JSON.parse(email ?? '').authentication.sender)).toEqual(['proved', 'unproved']);
});
