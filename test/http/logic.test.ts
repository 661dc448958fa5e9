import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Flow } from '../../schemas/flow.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const none = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

/** The sample flow with another question for its first decision. */
async function flowAsking(condition: unknown): Promise<Flow> {
  const flow: Flow = JSON.parse(await readFile(join(http.folder, 'flows/support.flow.json'), 'utf8'));
  const action = Object.values(flow.actions).find(({ type }) => type === 'decision');
  if (action?.type === 'decision') Object.assign(action.settings, { condition });
  return flow;
}

async function publish(flow: Flow) {
  return http.admin.post('/api/flows/support/publish', { message: 'asks', document: flow });
}

test('a list is cleaned as it is stored, and read back whole', async () => {
  const made = await http.admin.post('/api/lists', {
    id: 'vip',
    name: 'VIP',
    values: [' a@x.test', 'A@X.test', '', 'b'].filter(Boolean),
  });
  const again = await http.admin.post('/api/lists', { id: 'vip', name: 'VIP', values: [] });

  expect([made.status, made.json.values]).toEqual([201, ['a@x.test', 'b']]);
  expect([again.status, again.json.code]).toEqual([409, 'list-exists']);
  expect((await http.admin.get('/api/lists')).json.items).toEqual([
    { id: 'vip', name: 'VIP', count: 2, usedBy: [], filters: [] },
  ]);
});

test('a list that a filter looks senders up in is not deleted, and the places are named', async () => {
  await http.admin.post('/api/lists', { id: 'known', name: 'Known', values: ['a@x.test'] });
  const general = (await http.admin.get('/api/filters')).json;
  const own = (await http.admin.get('/api/mailboxes/receiver/filters')).json;
  await http.admin.put('/api/filters', { ...general, rules: { ...general.rules, allowLists: ['known'] } });
  await http.admin.put('/api/mailboxes/receiver/filters', { ...own, blockLists: ['known'] });

  const refused = await http.admin.delete('/api/lists/known');
  const { filters } = (await http.admin.get('/api/lists/known')).json;
  await http.admin.put('/api/filters', general);
  const still = await http.admin.delete('/api/lists/known');
  await http.admin.put('/api/mailboxes/receiver/filters', own);
  const deleted = await http.admin.delete('/api/lists/known');

  expect([refused.status, refused.json.code]).toEqual([409, 'list-in-use']);
  expect(refused.json.detail).toContain('Settings, Filters, the mailbox receiver');
  expect(filters).toEqual([
    { mailbox: null, name: 'all mailboxes' },
    { mailbox: 'receiver', name: 'receiver' },
  ]);
  expect(still.json.detail).not.toContain('Settings');
  expect(deleted.status).toBe(204);
});

test('ten thousand long values fit, one more does not', async () => {
  const values = Array.from({ length: 10_000 }, (_, index) => `${index}@${'x'.repeat(480)}.test`);

  const fits = await http.admin.post('/api/lists', { id: 'long', name: 'Long', values });
  const over = await http.admin.patch('/api/lists/long', { values: [...values, 'one more'] });

  expect([fits.status, over.status]).toEqual([201, 422]);
});

test('somebody who read the list before another changed it is told so, even if it has as many values as before', async () => {
  const { revision } = (await http.admin.post('/api/lists', { id: 'vip', name: 'VIP', values: ['a'] })).json;
  const first = await http.admin.patch('/api/lists/vip', { revision, values: ['b'] });

  const late = await http.admin.patch('/api/lists/vip', { revision, values: ['c'] });
  const again = await http.admin.patch('/api/lists/vip', { revision: first.json.revision, values: ['b', 'c'] });

  expect([first.status, late.status, late.json.code, again.status]).toEqual([200, 409, 'list-changed', 200]);
  expect((await http.admin.get('/api/lists/vip')).json.values).toEqual(['b', 'c']);
});

test('a flow that names a list is checked, runs by it, and keeps it from being deleted', async () => {
  const flow = await flowAsking({ 'in-list': [{ var: 'email.from' }, { list: 'vip' }] });
  const early = await publish(flow);
  await http.admin.post('/api/lists', { id: 'vip', name: 'VIP', values: ['ann@customer.test'] });
  const published = await publish(flow);

  const eml = 'From: Ann <ANN@customer.test>\r\nTo: support@demo.test\r\nSubject: Hello\r\n\r\nHello\r\n';
  const tried = await http.admin.post('/api/flows/support/try', { eml });
  const deleted = await http.admin.delete('/api/lists/vip');
  const listed = await http.admin.get('/api/lists/vip');

  expect([early.status, early.json.issues[0].code]).toEqual([422, 'unknown-list']);
  expect(published.status).toBe(200);
  expect(tried.json.run.steps[0].outcome).toBe('yes');
  expect([deleted.status, deleted.json.code]).toEqual([409, 'list-in-use']);
  expect(listed.json.usedBy).toEqual([{ id: 'support', name: flow.name }]);
});

test('a schedule is checked beyond its shape, asked by flows, and kept while they do', async () => {
  const always = [{ from: '00:00', to: '24:00' }];
  const weekly = Object.fromEntries(Object.keys(none).map((day) => [day, always]));
  const flow = await flowAsking({ 'within-schedule': ['office'] });
  const wrong = await http.admin.post('/api/schedules', {
    id: 'office',
    name: 'Office',
    timeZone: 'Mars/Olympus',
    weekly: { ...none, monday: [{ from: '17:00', to: '09:00' }] },
    dates: [],
  });
  const early = await publish(flow);
  const made = await http.admin.post('/api/schedules', {
    id: 'office',
    name: 'Office',
    timeZone: 'Asia/Tokyo',
    weekly,
    dates: [],
  });
  const published = await publish(flow);

  const deleted = await http.admin.delete('/api/schedules/office');
  const changed = await http.admin.patch('/api/schedules/office', { weekly: none });

  expect([wrong.status, wrong.json.issues.length]).toEqual([422, 2]);
  expect(early.json.issues[0].code).toBe('unknown-schedule');
  expect(made.json).toMatchObject({ isOpen: true, usedBy: [] });
  expect(published.status).toBe(200);
  expect([deleted.status, deleted.json.code]).toEqual([409, 'schedule-in-use']);
  expect(changed.json).toMatchObject({ isOpen: false, usedBy: [{ id: 'support' }] });
});

test('templates are filled from a mail as a run would, each with its own failure', async () => {
  const eml = 'From: Ann <ann@customer.test>\r\nTo: support@demo.test\r\nSubject: <b>Hi</b>\r\n\r\nHello\r\n';
  const body = {
    mail: { eml },
    templates: [
      { source: 'Re: {{ email.subject }} {{ flow.count | plus: 1 }}', form: 'text' },
      { source: '<p onclick="x()">{{ email.subject }}</p>', form: 'html' },
      { source: '{{ email.subject | shout }}', form: 'text' },
    ],
    variables: [{ name: 'count', type: 'number', initial: '41' }],
  };

  const filled = await http.admin.post('/api/flows/support/preview', body);
  const sample = await http.admin.post('/api/flows/support/preview', {
    templates: [{ source: '{{ route.address }}', form: 'text' }],
  });

  expect(filled.json.mail).toEqual({ subject: '<b>Hi</b>', from: 'ann@customer.test' });
  expect(filled.json.items).toEqual([
    { text: 'Re: <b>Hi</b> 42' },
    { text: '<p>&lt;b&gt;Hi&lt;/b&gt;</p>' },
    { error: expect.stringContaining('undefined filter: shout') },
  ]);
  expect(sample.json.items).toEqual([{ text: 'support@demo.test' }]);
});

test('viewers look, and change nothing', async () => {
  const { json } = await http.admin.post('/api/tokens', { name: 'eyes', role: 'viewer' });
  const viewer = http.withToken(json.token);

  const looks = await Promise.all(['lists', 'schedules', 'skills'].map((each) => viewer.get(`/api/${each}`)));
  const makes = await viewer.post('/api/lists', { id: 'vip', name: 'VIP', values: [] });

  expect(looks.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(makes.status).toBe(403);
});
