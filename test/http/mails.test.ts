import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const automatic = { 'Auto-Submitted': 'auto-replied' };

test('what became of a mail is told by every list', async () => {
  const [plain, reply] = await sendMails(http, [
    { subject: 'Broken lamp', text: 'It flickers.' },
    { subject: 'Out of office', headers: automatic },
  ]);

  const all = (await http.admin.get('/api/interactions')).json;
  const queued = (await http.admin.get('/api/interactions?state=queued&queue=general')).json;
  const found = (await http.admin.get('/api/interactions?search=lamp')).json;
  const ledger = (await http.admin.get('/api/ledger?state=disconnected')).json;
  const outbox = (await http.admin.get(`/api/outbox?interaction=${plain}`)).json;

  expect(all.items.map((item: { id: string }) => item.id)).toEqual([reply, plain]);
  expect(queued.items).toHaveLength(1);
  expect(queued.items[0]).toMatchObject({
    id: plain,
    state: 'queued',
    queue: 'general',
    priority: 0,
    subject: 'Broken lamp',
    from: 'vera@example.test',
    mailbox: 'receiver',
    flow: 'support',
    version: 1,
  });
  expect(found.items.map((item: { id: string }) => item.id)).toEqual([plain]);
  expect(ledger.counts).toMatchObject({ queued: 1, disconnected: 1, received: 0 });
  expect(ledger.items.map((item: { interaction: string }) => item.interaction)).toEqual([reply]);
  expect(outbox.items[0]).toMatchObject({ interaction: plain, to: 'vera@example.test', kind: 'auto-response' });
});

test('one mail is shown with its email and its run, and its source byte for byte', async () => {
  const [id] = await sendMails(http, [{ subject: '[URGENT] Fire', text: 'Come at once.' }]);

  const { json } = await http.admin.get(`/api/interactions/${id}`);
  const raw = await http.admin.get(`/api/interactions/${id}/raw`);

  expect(json).toMatchObject({ id, queue: 'priority-support', priority: 10 });
  expect(json.email.text).toContain('Come at once.');
  expect(json.run.steps.length).toBeGreaterThan(1);
  expect(raw.headers['content-type']).toBe('message/rfc822');
  expect(raw.headers['content-disposition']).toBe(`attachment; filename="${id}.eml"`);
  expect(raw.headers['x-content-type-options']).toBe('nosniff');
  expect(raw.text).toContain('Subject: [URGENT] Fire\r\n');
});

test('pages follow each other without a gap and without an overlap', async () => {
  const ids = await sendMails(http, [{ subject: '1' }, { subject: '2' }, { subject: '3' }]);

  const first = (await http.admin.get('/api/interactions?limit=2')).json;
  const second = (await http.admin.get(`/api/interactions?limit=2&after=${encodeURIComponent(first.next)}`)).json;

  const seen = [...first.items, ...second.items].map((item: { id: string }) => item.id);
  expect(seen).toEqual([...ids].reverse());
  expect(second.next).toBeNull();
});

test('a queue shows its mails in order and hands out the first, to one person only', async () => {
  const [first, second] = await sendMails(http, [{ subject: 'first' }, { subject: 'second' }]);

  const listed = (await http.admin.get('/api/queues/general/interactions')).json;
  const claimed = await http.admin.post('/api/queues/general/claim', { leaseSeconds: 60 });
  const again = await http.admin.post('/api/queues/general/claim');
  const none = await http.admin.post('/api/queues/general/claim');

  expect(listed.items.map((item: { id: string }) => item.id)).toEqual([first, second]);
  expect(claimed.json).toMatchObject({ id: first, state: 'claimed', claimedBy: 'admin-token' });
  expect(again.json.id).toBe(second);
  expect([none.status, none.json]).toEqual([200, null]);
  const queue = (await http.admin.get('/api/queues')).json.items.find((item: { id: string }) => item.id === 'general');
  expect(queue).toMatchObject({ waiting: 0, claimed: 2, oldestAt: null });
});

test('a mail is claimed, released, claimed again and finished; another agent cannot touch it meanwhile', async () => {
  const [id] = await sendMails(http, [{ subject: 'mine' }]);
  const token = async (name: string) =>
    http.withToken((await http.admin.post('/api/tokens', { name, role: 'agent' })).json.token);
  const anna = await token('anna');
  const ben = await token('ben');

  const claimed = await anna.post(`/api/interactions/${id}/claim`);
  const taken = await ben.post(`/api/interactions/${id}/claim`);
  const foreign = await ben.post(`/api/interactions/${id}/finish`);
  const released = await anna.post(`/api/interactions/${id}/release`);
  await ben.post(`/api/interactions/${id}/claim`);
  const finished = await ben.post(`/api/interactions/${id}/finish`);

  expect(claimed.json).toMatchObject({ state: 'claimed', claimedBy: 'token-anna' });
  const people = (await ben.get('/api/people')).json.items;
  expect(people).toContainEqual({ id: claimed.json.claimedBy, name: 'anna' });
  expect(people).toContainEqual({ id: 'admin-token', name: 'Administration token' });
  expect([taken.status, taken.json.code]).toEqual([409, 'already-claimed']);
  expect([foreign.status, foreign.json.code]).toEqual([409, 'not-claimed']);
  expect(released.json).toMatchObject({ state: 'queued', claimedBy: null });
  expect(finished.json.state).toBe('done');
});

test('a disconnected mail can be routed by hand', async () => {
  const [id] = await sendMails(http, [{ subject: 'Out of office', headers: automatic }]);

  const unknown = await http.admin.post(`/api/interactions/${id}/route`, { queue: 'no-such-queue' });
  const routed = await http.admin.post(`/api/interactions/${id}/route`, { queue: 'billing', priority: 3 });

  expect(unknown.json.code).toBe('unknown-queue');
  expect(routed.json).toMatchObject({ state: 'queued', queue: 'billing', priority: 3 });
});

test('a mail that is held for want of a route runs when it is retried', async () => {
  const { items } = (await http.admin.get('/api/routes')).json;
  await http.admin.put('/api/routes', { items: [] });
  const [id] = await sendMails(http, [{ subject: 'Nobody wants me' }]);
  const held = (await http.admin.get(`/api/interactions/${id}`)).json;
  await http.admin.put('/api/routes', { items });

  const retried = await http.admin.post(`/api/interactions/${id}/retry`);

  expect(held.state).toBe('held');
  expect(retried.status).toBe(202);
  await expect
    .poll(async () => (await http.admin.get(`/api/interactions/${id}`)).json.state, { timeout: 10_000 })
    .toBe('queued');
  const again = await http.admin.post(`/api/interactions/${id}/retry`);
  expect([again.status, again.json.code]).toEqual([409, 'interaction-not-retryable']);
});

test('a captured answer is shown with its text, and is not sent again', async () => {
  const [id] = await sendMails(http, [{ subject: 'Where is it?' }]);
  await expect
    .poll(async () => (await http.admin.get('/api/outbox')).json.items[0]?.state, { timeout: 10_000 })
    .toBe('captured');
  const { json } = await http.admin.get('/api/outbox');

  const detail = await http.admin.get(`/api/outbox/${json.items[0].id}`);
  const retry = await http.admin.post(`/api/outbox/${json.items[0].id}/retry`);

  expect(detail.json).toMatchObject({ interaction: id, from: 'support@demo.test', state: 'captured' });
  expect(detail.json.text).toContain(id);
  expect([retry.status, retry.json.code]).toEqual([409, 'outbox-item-not-retryable']);
});

test('what is not there answers 404 with its own code', async () => {
  const codes = await Promise.all(
    ['/api/interactions/none', '/api/interactions/none/raw', '/api/outbox/none', '/api/mailboxes/none'].map(
      async (path) => {
        const { status, json } = await http.admin.get(path);
        return [status, json.code];
      },
    ),
  );

  expect(codes).toEqual([
    [404, 'interaction-not-found'],
    [404, 'interaction-not-found'],
    [404, 'outbox-item-not-found'],
    [404, 'mailbox-not-found'],
  ]);
});

test('the test mail is a real one, also when it pretends to be an automatic reply', async () => {
  const sent = await http.admin.post('/api/test-mail', { subject: 'A trial' });
  const automaticReply = await http.admin.post('/api/test-mail', { subject: 'Away', automaticReply: true });
  const refused = await http.admin.post('/api/test-mail', { to: 'someone@elsewhere.test' });

  expect(sent.json).toMatchObject({ to: 'support@demo.test' });
  expect(sent.json.response).toMatch(/^250/);
  expect(automaticReply.status).toBe(200);
  expect([refused.status, refused.json.code]).toEqual([422, 'test-mail-refused']);
  await expect
    .poll(async () => (await http.admin.get('/api/ledger')).json.counts, { timeout: 10_000 })
    .toMatchObject({ queued: 1, disconnected: 1 });
});
