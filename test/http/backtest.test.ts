import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BacktestEvent } from '../../schemas/api/backtest.ts';
import { backtestEventSchema } from '../../schemas/api/backtest.ts';
import { createValidator } from '../../schemas/validate.ts';
import { sendMails } from './support/send-mail.ts';
import { adminToken, type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

/** The lines of a backtest; each is held against its schema. */
async function backtest(body: object, flow = 'support'): Promise<BacktestEvent[]> {
  const { status, headers, text } = await http.admin.post(`/api/flows/${flow}/backtest`, body);
  expect([status, headers['content-type']]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
  const isEvent = createValidator(backtestEventSchema);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const result = isEvent(JSON.parse(line));
      if (!result.ok) throw new Error(`${line}: ${JSON.stringify(result.issues)}`);
      return result.value;
    });
}

/** The caller's draft of the sample flow, with everything urgent in "billing". */
async function saveDraft(): Promise<void> {
  const { json } = await http.admin.get('/api/flows/support');
  const { actions } = json.document;
  const [id] = Object.entries<{ settings: { queue?: string } }>(actions).find(
    ([, action]) => action.settings.queue === 'priority-support',
  ) ?? [''];
  const changed = { ...actions[id], settings: { queue: 'billing' } };
  const document = { ...json.document, actions: { ...actions, [id]: changed } };
  await http.admin.put('/api/flows/support/draft', { document });
}

test('the draft runs on the mails that came, beside what is published, and each mail can be looked at', async () => {
  const [urgent = ''] = await sendMails(http, [{ subject: '[URGENT] Help' }, { subject: 'Hello' }]);
  await saveDraft();
  const outboxBefore = (await http.admin.get('/api/outbox')).json;

  const events = await backtest({ mails: 100 });
  const both = await http.admin.post(`/api/flows/support/backtest/${urgent}`, {});
  const page = await http.admin.get(`/api/interactions?ids=${urgent}`);

  expect(events[0]).toEqual({ event: 'begin', mails: 2, version: 1 });
  expect(events.at(-1)).toMatchObject({ event: 'end', mails: 2, same: 1, skipped: 0 });
  const groups = events.flatMap((event) => (event.event === 'mails' ? event.groups : []));
  expect(groups).toContainEqual({
    from: { kind: 'queue', queue: 'priority-support' },
    to: { kind: 'queue', queue: 'billing' },
    changed: [],
    mails: [urgent],
  });
  expect(both.json).toMatchObject({
    isRecorded: true,
    before: { version: 1, ending: { queue: 'priority-support' } },
    after: { version: null, ending: { queue: 'billing' } },
  });
  expect(page.json.items.map((item: { id: string }) => item.id)).toEqual([urgent]);
  expect((await http.admin.get('/api/outbox')).json).toEqual(outboxBefore);
});

test('a flow that cannot be read, a moment that is none and a mail that there is not are refused in words', async () => {
  const unreadable = await http.admin.post('/api/flows/support/backtest', { document: { id: 'support' } });
  const noMoment = await http.admin.post('/api/flows/support/backtest', { from: '2026-13-41T99:00:00Z' });
  const tooMany = await http.admin.post('/api/flows/support/backtest', { mails: 10_001 });
  const noFlow = await http.admin.post('/api/flows/none/backtest', {});
  const noMail = await http.admin.post('/api/flows/support/backtest/nothing', {});

  expect([unreadable.status, unreadable.json.code]).toEqual([422, 'flow-has-errors']);
  expect([noMoment.status, noMoment.json.code]).toEqual([422, 'no-such-moment']);
  expect([tooMany.status, tooMany.json.code]).toEqual([422, 'invalid-body']);
  expect([noFlow.status, noFlow.json.code]).toEqual([404, 'flow-not-found']);
  expect([noMail.status, noMail.json.code]).toEqual([404, 'interaction-not-found']);
});

test('a browser that leaves in the middle ends its backtest, and the next has its turn at once', async () => {
  await sendMails(
    http,
    Array.from({ length: 3 }, (_, number) => ({ subject: `Mail ${number}` })),
  );
  const slow = { id: 'support', name: 'Slow', type: 'inbound-email', fallback: { queue: 'general' }, entry: 'round' };
  const round = { type: 'set-priority', name: 'Round', settings: { priority: 1 }, next: { done: 'round' } };
  const document = { ...slow, actions: { round } };
  await new Promise<void>((resolve, reject) => {
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
    const url = `${http.url}/api/flows/support/backtest`;
    const outgoing = request(url, { method: 'POST', headers, agent: false }, (response) => {
      response.once('data', () => {
        outgoing.destroy();
        resolve();
      });
      response.on('error', () => {});
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify({ document }));
  });

  const events = await backtest({});

  expect(events.at(-1)).toMatchObject({ event: 'end', mails: 3 });
});
