import { expect, test } from 'vitest';
import { getInteraction } from '../../runtime/intake/interactions.ts';
import { spamHeader } from '../../runtime/mail/spam.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Settings } from '../../schemas/settings.ts';
import { openTempStore } from '../store/temp-store.ts';
import { mail } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

const toQueue = (id: string): Flow => ({
  id,
  name: id,
  type: 'inbound-email',
  variables: [],
  fallback: { queue: 'general' },
  entry: 'queue',
  actions: { queue: { type: 'transfer-to-queue', name: 'Queue', settings: { queue: id } } },
});
const severalRoutes = (settings: Settings) => {
  settings.routing = { destinations: 'every' };
  settings.routes = [
    { id: 'support', pattern: 'support@demo.test', flow: 'general' },
    { id: 'bills', pattern: 'bills@demo.test', straight: { queue: 'billing', priority: 7, skills: ['french'] } },
    { id: 'sales', pattern: 'sales@demo.test', flow: 'late' },
  ];
};
const toAll = {
  to: ['support@demo.test', 'bills@demo.test', 'sales@demo.test', 'bills+a@demo.test'],
  from: 'vera@example.test',
};

async function interactionsIn(store: Awaited<ReturnType<typeof openTempStore>>) {
  const columns = ['id', 'route', 'state', 'queue', 'priority', 'flow', 'reason'] as const;
  return store.read.selectFrom('interactions').select(columns).orderBy('route').execute();
}

test('a mail to several routes is an interaction of each, one row of the ledger, and waits as long as one of them does', async () => {
  const store = await openTempStore();
  const published = new Map([['general', toQueue('general')]]);
  const { intake, mailbox } = await startRooms(store, {
    settings: severalRoutes,
    published: (id) => {
      const flow = published.get(id);
      return flow === undefined ? null : { flow, version: 1 };
    },
  });

  await intake.accept(mailbox, [mail(1, { envelope: toAll })]);
  await intake.idle();
  const first = await interactionsIn(store);
  const before = await store.read.selectFrom('ledger').select(['state', 'interaction']).execute();
  published.set('late', toQueue('general'));
  await intake.retry(first.find(({ route }) => route === 'sales')?.id ?? '');
  await intake.idle();

  expect(first).toMatchObject([
    { route: 'bills', state: 'queued', queue: 'billing', priority: 7, flow: null },
    { route: 'sales', state: 'held', reason: expect.stringContaining('flow not published') },
    { route: 'support', state: 'queued', queue: 'general', flow: 'general' },
  ]);
  expect(before).toEqual([{ state: 'quarantined', interaction: expect.any(String) }]);
  const after = await interactionsIn(store);
  // The other two are what they were; what is retried keeps its id.
  expect(after.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(after.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued']);
  const ledger = await store.read.selectFrom('ledger').select(['state', 'reason']).execute();
  expect(ledger).toEqual([{ state: 'queued', reason: '' }]);
});

test('a crash between run and commit leaves none of the interactions, and the next start makes each of them once', async () => {
  const store = await openTempStore();
  const options = {
    settings: severalRoutes,
    published: () => ({ flow: toQueue('general'), version: 1 }),
  };
  const dying = await startRooms(store, options);
  await store.write.schema.alterTable('interaction_details').renameTo('gone').execute();
  await dying.intake.accept(dying.mailbox, [mail(1, { envelope: toAll })]);
  await expect.poll(() => dying.logged.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await dying.stop();
  const left = await interactionsIn(store);
  await store.write.schema.alterTable('gone').renameTo('interaction_details').execute();

  const next = await startRooms(store, options);
  await next.intake.idle();

  expect(left).toEqual([]);
  expect((await interactionsIn(store)).map(({ route }) => route)).toEqual(['bills', 'sales', 'support']);
  expect(await store.read.selectFrom('ledger').select('state').execute()).toEqual([{ state: 'queued' }]);
});

test('by default one route takes it, a folder before an address; spam takes the flow for spam', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, {
    settings: (settings) => {
      const [receiver] = settings.mailboxes;
      if (receiver !== undefined) receiver.folders = ['INBOX', 'Invoices'];
      settings.routes = [
        { id: 'support', pattern: 'support@demo.test', flow: 'general', spamFlow: 'billing' },
        { id: 'invoices', pattern: '*', mailbox: 'receiver', folder: 'Invoices', straight: { queue: 'billing' } },
      ];
    },
    published: (id) => ({ flow: toQueue(id), version: 1 }),
  });

  await intake.accept(mailbox, [
    mail(1, { subject: 'plain' }),
    mail(2, { subject: 'filed', folder: 'Invoices' }),
    mail(3, { subject: 'spam', headers: ['X-Spam-Flag: YES'] }),
  ]);
  await intake.idle();

  const rows = await store.read
    .selectFrom('interactions')
    .select(['subject', 'route', 'queue', 'flow'])
    .orderBy('ledger')
    .execute();
  expect(rows).toEqual([
    { subject: 'plain', route: 'support', queue: 'general', flow: 'general' },
    { subject: 'filed', route: 'invoices', queue: 'billing', flow: null },
    { subject: 'spam', route: 'support', queue: 'billing', flow: 'billing' },
  ]);
});

test.each([
  [{ 'x-spam-flag': ['YES'] }, 'X-Spam-Flag'],
  [{ 'x-spam-status': ['Yes, score=9.1'] }, 'X-Spam-Status'],
  [{ 'x-ms-exchange-organization-scl': ['6'] }, 'X-MS-Exchange-Organization-SCL'],
  [{ 'x-forefront-antispam-report': ['CIP:1.2.3.4;SFV:SPM;SCL:5;'] }, 'X-Forefront-Antispam-Report'],
  [{ 'x-spam-flag': ['NO'], 'x-spam-status': ['No, score=1'], 'x-spam-score': ['99'] }, null],
  [{ 'x-ms-exchange-organization-scl': ['-1'], 'x-forefront-antispam-report': ['SFV:NSPM;SCL:1'] }, null],
])('%j is judged by %s', (headers, expected) => {
  expect(spamHeader(headers)).toBe(expected);
});

test('each mail keeps which route took it, and why, whatever becomes of the route', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, {
    settings(settings) {
      mailboxAddress(settings, 'help@demo.test');
      settings.routes = [
        { id: 'support', pattern: 'support@demo.test', name: 'Support', flow: 'general', spamFlow: 'spam' },
        { id: 'junk', pattern: '*', mailbox: 'receiver', folder: 'Junk', straight: { queue: 'billing' } },
        { id: 'help', pattern: 'help@demo.test', flow: 'general' },
      ];
    },
    published: (id) => ({ flow: toQueue(id === 'spam' ? 'billing' : 'general'), version: 1 }),
  });
  const to = (address: string) => ({ from: 'vera@example.test', to: [address] });

  await intake.accept(mailbox, [
    mail(1, { envelope: to('support+7@demo.test'), folder: 'INBOX' }),
    mail(2, { envelope: to('support@demo.test'), folder: 'INBOX', headers: ['X-Spam-Flag: YES'] }),
    mail(3, { envelope: to('support@demo.test'), folder: 'Junk' }),
    mail(4, { envelope: to('elsewhere@example.test'), folder: 'INBOX' }),
  ]);
  await intake.idle();

  const rows = await store.read.selectFrom('interactions').select('id').orderBy('ledger').execute();
  const ways = await Promise.all(rows.map(async ({ id }) => (await getInteraction(store.read, id)).way));
  expect(ways).toEqual([
    {
      route: 'support',
      name: 'Support',
      address: 'support+7@demo.test',
      why: expect.stringContaining('takes those as well'),
    },
    {
      route: 'support',
      name: 'Support',
      address: 'support@demo.test',
      why: expect.stringMatching(/very address\. Its server marked it as spam/),
    },
    { route: 'junk', name: '*', address: 'support@demo.test', why: expect.stringContaining('in the folder Junk') },
    {
      route: 'help',
      name: 'help@demo.test',
      address: 'help@demo.test',
      why: expect.stringContaining("the mailbox's own address"),
    },
  ]);
});

function mailboxAddress({ mailboxes: [first] }: Settings, address: string): void {
  if (first !== undefined) first.address = address;
}
