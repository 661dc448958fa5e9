import { expect, test } from 'vitest';
import type { HttpRequest } from '../../runtime/engine/ports.ts';
import type { Action } from '../../schemas/actions/index.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import { flow, mail, mails } from '../intake/rooms.ts';
import { startRooms } from '../intake/started-rooms.ts';
import { openTempStore } from '../store/temp-store.ts';
import { backtest, jobOf, matrix, storeVersions } from './given.ts';

const withActions = (base: Flow, actions: Record<string, Action>): Flow => ({
  ...base,
  actions: { ...base.actions, ...actions },
});

const mixed = [
  ...mails(6),
  mail(10, { subject: '[URGENT] One' }),
  mail(11, { subject: '[URGENT] Two' }),
  mail(12, { headers: ['Auto-Submitted: auto-replied'] }),
];

async function storeWith(given = mixed, options: Parameters<typeof startRooms>[1] = {}) {
  const store = await openTempStore();
  const rooms = await startRooms(store, options);
  await rooms.intake.accept(rooms.mailbox, given);
  await rooms.intake.idle();
  return { store, rooms };
}

test('the published flow against itself changes nothing, whether its runs are on record or run again', async () => {
  const { store } = await storeWith();

  const onRecord = await backtest(store, jobOf(flow, flow));
  const again = await backtest(store, jobOf(flow, flow, { comparison: { published: { flow, version: 4 } } }));

  for (const { end, groups } of [onRecord, again]) {
    expect(end).toMatchObject({ mails: 9, same: 9, skipped: 0 });
    expect(matrix(end)).toEqual({ 'queue general > queue general': 8, 'disconnect > disconnect': 1 });
    expect(groups.flatMap(({ changed }) => changed)).toEqual([]);
  }
});

test('mails that would end elsewhere stand in the cell of their two endings, under their ids', async () => {
  const { store } = await storeWith();
  const draft = withActions(flow, {
    ten: {
      type: 'transfer-to-queue',
      name: 'At once',
      settings: { queue: 'priority-support', priority: 10 },
    },
    drop: { type: 'transfer-to-queue', name: 'Keep', settings: { queue: 'general' } },
  });

  const { end, groups } = await backtest(store, jobOf(draft, flow));

  expect(end).toMatchObject({ mails: 9, same: 6 });
  expect(matrix(end)).toEqual({
    'queue general > queue general': 6,
    'queue general > queue priority-support': 2,
    'disconnect > queue general': 1,
  });
  const urgent = await store.read
    .selectFrom('interactions')
    .select('id')
    .where('subject', 'like', '[URGENT]%')
    .execute();
  const moved = groups.filter(({ to }) => to.queue === 'priority-support');
  expect(moved.flatMap((group) => group.mails).sort()).toEqual(urgent.map(({ id }) => id).sort());
  // The urgent ones had been answered; now they are not.
  expect(moved.flatMap(({ changed }) => changed)).toEqual(['responses']);
});

test('another priority, other skills and another answer are named where the ending stays', async () => {
  const { store } = await storeWith();
  const draft = withActions(flow, {
    ten: { type: 'set-priority', name: 'Five', settings: { priority: 5 }, next: { done: 'queue' } },
    queue: { type: 'transfer-to-queue', name: 'Queue', settings: { queue: 'general', skills: ['english'] } },
    answer: {
      type: 'auto-response',
      name: 'Answer',
      settings: { subject: 'Re: {{interaction.email.subject}}', body: 'Another {{interaction.id}}.' },
      next: { done: 'queue' },
    },
  });

  const { end, groups } = await backtest(store, jobOf(draft, flow));

  expect(end.same).toBe(9);
  const counts = groups.map(({ changed, mails: ids }) => [changed.join(' '), ids.length]);
  expect(Object.fromEntries(counts)).toEqual({
    '': 1,
    'skills responses': 6,
    'priority skills responses': 2,
  });
});

test('a draft that fails on a mail ends in its fallback, which is another ending than its queue', async () => {
  const { store } = await storeWith();
  const draft = withActions(flow, {
    urgent: {
      type: 'decision',
      name: 'Broken',
      settings: { condition: { matches: [{ var: 'email.subject' }, '('] } },
      next: { yes: 'queue', no: 'queue' },
    },
  });

  const { end } = await backtest(store, jobOf(draft, flow));

  expect(matrix(end)).toEqual({ 'queue general > fallback general': 8, 'disconnect > disconnect': 1 });
});

test('the newest so many mails, of a mailbox, a route or a time, or also those of other flows', async () => {
  const { store } = await storeWith();
  const first = mixed[0]?.receivedAt ?? 0;
  const count = async (selection: Parameters<typeof jobOf>[2] & object, draft = flow) =>
    (await backtest(store, jobOf(draft, null, selection))).end.mails;
  const other = { ...flow, id: 'other' };
  const anotherRoute = [{ id: 'sales', pattern: 'sales@demo.test', flow: 'support' }];

  const newest = await backtest(store, jobOf(flow, flow, { selection: { mails: 3 } }));

  const ids = await store.read.selectFrom('interactions').select('id').orderBy('id', 'desc').limit(3).execute();
  expect(newest.groups.flatMap((group) => group.mails).sort()).toEqual(ids.map(({ id }) => id).sort());
  expect(newest.events[0]).toEqual({ event: 'begin', mails: 3, version: 3 });
  expect(await count({ selection: { mailbox: 'receiver' } })).toBe(9);
  expect(await count({ selection: { mailbox: 'elsewhere' } })).toBe(0);
  expect(await count({ selection: { from: first + 3, until: first + 6 } })).toBe(3);
  expect(await count({ selection: { route: 'support' } })).toBe(9);
  expect(await count({ selection: { route: 'sales' }, comparison: { routes: anotherRoute } })).toBe(0);
  expect(await count({}, other)).toBe(0);
  expect(await count({ selection: { of: 'all' } }, other)).toBe(9);
});

test('a flow that was never published is compared with what became of the mails', async () => {
  const { store } = await storeWith([mail(1), mail(2)]);
  const { store: held } = await storeWith([mail(1)], { published: () => null });
  const draft: Flow = {
    ...flow,
    id: 'new',
    entry: 'end',
    actions: { end: { type: 'disconnect', name: 'End', settings: { reason: 'closed' } } },
  };

  const ran = await backtest(store, jobOf(draft, null, { selection: { of: 'all' } }));
  const waited = await backtest(held, jobOf(draft, null, { selection: { of: 'all' } }));

  expect(matrix(ran.end)).toEqual({ 'queue general > disconnect': 2 });
  expect(matrix(waited.end)).toEqual({ 'none > disconnect': 1 });
});

test('time is that of the mail: a condition on the hour answers as it did', async () => {
  const { store } = await storeWith([mail(1)]);
  const { run } = await store.read.selectFrom('interaction_details').select('run').executeTakeFirstOrThrow();
  const moment: string = JSON.parse(run ?? '').startedAt;
  const draft = withActions(flow, {
    auto: {
      type: 'decision',
      name: 'That moment?',
      settings: { condition: { '==': [{ var: 'system.now' }, moment] } },
      next: { yes: 'drop', no: 'queue' },
    },
  });

  const { end } = await backtest(store, jobOf(draft, flow));

  expect(matrix(end)).toEqual({ 'queue general > disconnect': 1 });
});

test('named lists are those in force', async () => {
  const { store } = await storeWith([mail(1), mail(2)]);
  const draft = withActions(flow, {
    auto: {
      type: 'decision',
      name: 'Known?',
      settings: { condition: { 'in-list': [{ var: 'email.from.address' }, { list: 'known' }] } },
      next: { yes: 'drop', no: 'queue' },
    },
  });
  const known = { id: 'known', name: 'Known', values: ['customer-1@example.test'] };

  const { end } = await backtest(
    store,
    jobOf(draft, flow, { comparison: { directory: { lists: [known], schedules: [] } } }),
  );

  expect(matrix(end)).toEqual({ 'queue general > disconnect': 1, 'queue general > queue general': 1 });
});

test('nothing is written', async () => {
  const { store } = await storeWith();
  const everything = async () => {
    const tables = ['interactions', 'ledger', 'outbox', 'traffic', 'interaction_details'] as const;
    return Promise.all(tables.map((table) => store.read.selectFrom(table).selectAll().execute()));
  };
  const before = await everything();

  await backtest(store, jobOf(flow, flow, { comparison: { published: { flow, version: 4 } } }));

  expect(await everything()).toEqual(before);
});

const asking = {
  type: 'data-action',
  name: 'Which topic?',
  settings: {
    method: 'POST',
    url: 'https://topics.test/of?mail={{ email.from.address }}',
    body: { subject: '{{ email.subject }}' },
    response: [{ variable: 'topic', pointer: '/topic' }],
  },
  next: { success: 'which', failure: 'queue', timeout: 'queue' },
} as const satisfies Action;

const askingFlow: Flow = {
  ...flow,
  variables: [{ name: 'topic', type: 'string', initial: '' }],
  entry: 'ask',
  actions: {
    ask: asking,
    which: {
      type: 'decision',
      name: 'Billing?',
      settings: { condition: { '==': [{ var: 'flow.topic' }, 'billing'] } },
      next: { yes: 'billing', no: 'queue' },
    },
    billing: { type: 'transfer-to-queue', name: 'Billing', settings: { queue: 'billing' } },
    queue: { type: 'transfer-to-queue', name: 'Queue', settings: { queue: 'general' } },
  },
};

/** Knows invoices, is too slow for lamps, and is down for everything else. */
async function topics({ body = '' }: HttpRequest) {
  if (body.includes('lamp')) throw new OperationalError('http-timeout', 'Too slow.');
  const status = body.includes('Invoice') ? 200 : 500;
  return { status, headers: {}, body: JSON.stringify({ topic: 'billing' }) };
}

async function storeWithAnswers() {
  const asked = [mail(1, { subject: 'Invoice' }), mail(2, { subject: 'The lamp' }), mail(3, { subject: 'Else' })];
  const given = await storeWith(asked, { http: topics, published: () => ({ flow: askingFlow, version: 3 }) });
  await storeVersions(given.store, askingFlow);
  return given.store;
}

test('services are not called: the same request has the answer that is on record, outcome by outcome', async () => {
  const store = await storeWithAnswers();
  const renamed: Flow = {
    ...askingFlow,
    entry: 'question',
    variables: [{ name: 'kind', type: 'string', initial: '' }],
    actions: {
      ...askingFlow.actions,
      question: {
        ...asking,
        settings: { ...asking.settings, timeoutMs: 900, response: [{ variable: 'kind', pointer: '/topic' }] },
        next: { success: 'billing', failure: 'queue', timeout: 'slow' },
      },
      slow: { type: 'disconnect', name: 'Slow', settings: { reason: 'slow' } },
    },
  };

  const { end } = await backtest(store, jobOf(renamed, askingFlow));

  expect(end.skipped).toBe(0);
  expect(matrix(end)).toEqual({
    'queue billing > queue billing': 1,
    'queue general > disconnect': 1,
    'queue general > queue general': 1,
  });
});

test.each([
  ['another address', { url: 'https://topics.test/v2' }],
  ['another body', { body: { text: '{{ email.text }}' } }],
  ['another part of the answer', { response: [{ variable: 'topic', pointer: '/other' }] }],
])('%s is another request: such mails are left out, or answered as was chosen', async (name, changed) => {
  const store = await storeWithAnswers();
  const draft = withActions(askingFlow, { ask: { ...asking, settings: { ...asking.settings, ...changed } } });
  const matrixFor = async (unrecorded: 'success' | 'failure' | 'timeout' | 'skip') =>
    (await backtest(store, jobOf(draft, askingFlow, { comparison: { unrecorded } }))).end;

  const skipped = await matrixFor('skip');
  const failed = await matrixFor('failure');

  // Failures and timeouts on record hold for any part of the answer.
  const isSameRequest = name === 'another part of the answer';
  expect([skipped.mails, skipped.skipped]).toEqual(isSameRequest ? [2, 1] : [0, 3]);
  expect(matrix(failed)).toEqual({ 'queue billing > queue general': 1, 'queue general > queue general': 2 });
});

test('a route of a folder takes the mails that were found there, and no others', async () => {
  const { store } = await storeWith([mail(1), mail(2, { folder: 'Junk' }), mail(3, { folder: 'Junk' })]);
  const routes = [
    { id: 'junk', pattern: '*', mailbox: 'receiver', folder: 'Junk', flow: 'support' },
    { id: 'support', pattern: 'support@demo.test', flow: 'support' },
  ];
  const draft = withActions(flow, {
    urgent: {
      type: 'decision',
      name: 'Junk?',
      settings: { condition: { '==': [{ var: 'route.id' }, 'junk'] } },
      next: { yes: 'billing', no: 'answer' },
    },
    billing: { type: 'transfer-to-queue', name: 'Billing', settings: { queue: 'billing' } },
  });
  const of = (route?: string) =>
    jobOf(draft, flow, { comparison: { routes }, selection: route === undefined ? {} : { route } });

  const all = await backtest(store, of());
  const junk = await backtest(store, of('junk'));

  expect(matrix(all.end)).toEqual({ 'queue general > queue billing': 2, 'queue general > queue general': 1 });
  expect(junk.end.mails).toBe(2);
});
