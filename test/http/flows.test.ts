import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const mail = (subject: string, ...headers: string[]) =>
  [
    'From: Vera <vera@example.test>',
    'To: support@demo.test',
    `Subject: ${subject}`,
    'Message-ID: <1@example.test>',
    ...headers,
    '',
    'Hello',
    '',
  ].join('\r\n');

/** The simplest flow that checks out: everything goes to one queue. */
const simple = (id: string, queue: string) => ({
  id,
  name: 'Simple',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'there',
  actions: { there: { type: 'transfer-to-queue', name: 'There', settings: { queue } } },
});

test('a flow is begun, saved, checked, published and then runs', async () => {
  const begun = await http.admin.post('/api/flows', { id: 'simple', name: 'Simple' });
  const unfinished = await http.admin.post('/api/flows/simple/check', {});
  const document = simple('simple', 'billing');
  const saved = await http.admin.put('/api/flows/simple/draft', { document, revision: begun.json.revision });
  const checked = await http.admin.post('/api/flows/simple/check', {});
  const published = await http.admin.post('/api/flows/simple/publish', { message: 'First' });
  const routes = [{ id: 'all', pattern: '*', flow: 'simple' }];
  await http.admin.put('/api/routes', { items: routes });
  const [id] = await sendMails(http, [{ subject: 'An invoice' }]);

  expect(begun.status).toBe(201);
  expect(unfinished.json.issues.length).toBeGreaterThan(0);
  expect(saved.json).toMatchObject({ revision: begun.json.revision + 1 });
  expect(checked.json.issues.filter((issue: { severity: string }) => issue.severity === 'error')).toEqual([]);
  expect(published.json.version).toBe(1);
  expect((await http.admin.get(`/api/interactions/${id}`)).json).toMatchObject({ queue: 'billing', flow: 'simple' });
  expect((await http.admin.get('/api/flows/simple')).json.document.entry).toBe('there');
  expect((await http.admin.get('/api/flows/simple/versions')).json.items).toMatchObject([
    { version: 1, message: 'First', author: 'Administration token' },
  ]);
  expect((await http.admin.get('/api/flows/simple/versions/1')).json.version).toBe(1);
});

test('a draft belongs to one user, and a tab that read an older one is told so', async () => {
  const { json } = await http.admin.post('/api/tokens', { name: 'other', role: 'designer' });
  const other = http.withToken(json.token);
  const document = simple('support', 'billing');

  const saved = await http.admin.put('/api/flows/support/draft', { document, revision: 0 });
  const stale = await http.admin.put('/api/flows/support/draft', { document, revision: 0 });
  const others = await other.get('/api/flows/support/draft');
  const discarded = await http.admin.delete('/api/flows/support/draft');

  expect(saved.json.revision).toBe(1);
  expect([stale.status, stale.json.code]).toEqual([409, 'draft-changed']);
  expect(others.json).toMatchObject({ revision: 0, updatedAt: null });
  expect(discarded.status).toBe(204);
  expect((await http.admin.get('/api/flows/support/draft')).json.revision).toBe(0);
});

test('who has a draft is told to everybody, what is in it to nobody else', async () => {
  const { json } = await http.admin.post('/api/tokens', { name: 'other', role: 'designer' });
  const other = http.withToken(json.token);
  await http.admin.put('/api/flows/support/draft', { document: simple('support', 'billing'), revision: 0 });

  const seen = await other.get('/api/flows/support/drafts');
  const own = await http.admin.get('/api/flows/support/drafts');

  expect(seen.json.items).toEqual([
    {
      user: { id: expect.any(String), name: 'A script' },
      isYours: false,
      updatedAt: expect.any(String),
      baseVersion: 1,
    },
  ]);
  expect(own.json.items).toMatchObject([{ isYours: true, user: { name: 'Administration token' } }]);
  expect((await http.admin.get('/api/flows/support/history')).json.items).toMatchObject([
    { version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

test('publishing with a token commits in a repository', async () => {
  const cwd = join(http.folder, 'flows');
  const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  const document = simple('support', 'billing');

  const { json } = await http.admin.post('/api/flows/support/publish', { document, message: 'To billing' });

  expect(json.commit).toBe(git('rev-parse', 'HEAD'));
  expect(git('log', '-1', '--format=%an: %s')).toBe('Administration token: To billing');
  expect((await http.admin.get('/api/system')).json.git).toBe(true);
});

test('what has errors is not published, and every error is named', async () => {
  const document = { ...simple('support', 'no-such-queue'), entry: 'nowhere' };

  const answer = await http.admin.post('/api/flows/support/publish', { document, message: 'No' });

  expect([answer.status, answer.json.code]).toEqual([422, 'flow-has-errors']);
  const codes = answer.json.issues.map((issue: { code: string }) => issue.code);
  expect(new Set(codes).size).toBeGreaterThan(1);
  expect((await http.admin.get('/api/flows/support/versions')).json.items).toHaveLength(1);
});

test('publishing over somebody else is refused', async () => {
  const document = simple('support', 'billing');
  await http.admin.post('/api/flows/support/publish', { document, message: 'Mine', baseVersion: 1 });

  const late = await http.admin.post('/api/flows/support/publish', {
    document: simple('support', 'general'),
    message: 'Late',
    baseVersion: 1,
  });

  expect([late.status, late.json.code]).toEqual([409, 'published-over']);
});

test('a flow is tried on a mail: the run shows, nothing is queued and nothing is sent', async () => {
  const urgent = await http.admin.post('/api/flows/support/try', { eml: mail('[URGENT] Now') });
  const plain = await http.admin.post('/api/flows/support/try', {
    emlBase64: Buffer.from(mail('Hello')).toString('base64'),
  });
  const away = await http.admin.post('/api/flows/support/try', { eml: mail('Away', 'Auto-Submitted: auto-replied') });

  expect(urgent.json.run).toMatchObject({ version: 1, ending: { queue: 'priority-support', priority: 10 } });
  expect(plain.json.run.effects).toMatchObject([{ type: 'auto-response', to: 'vera@example.test', allowed: true }]);
  expect(plain.json.email.subject).toBe('Hello');
  expect(away.json.run.ending.type).toBe('disconnect');
  expect((await http.admin.get('/api/interactions')).json.items).toEqual([]);
  expect((await http.admin.get('/api/outbox')).json.items).toEqual([]);
});

test('the guard judges what a trial would send', async () => {
  const { json } = await http.admin.post('/api/flows/support/try', { eml: mail('News', 'Precedence: bulk') });

  expect(json.run.effects).toMatchObject([{ allowed: false, reason: expect.stringContaining('machine') }]);
});

test("a trial runs the given document, else the caller's draft, else what is published", async () => {
  const given = await http.admin.post('/api/flows/support/try', {
    eml: mail('Hello'),
    document: simple('support', 'billing'),
  });
  await http.admin.put('/api/flows/support/draft', { document: simple('support', 'technical-support') });
  const draft = await http.admin.post('/api/flows/support/try', { eml: mail('Hello') });

  expect(given.json.run).toMatchObject({ version: null, ending: { queue: 'billing' } });
  expect(draft.json.run).toMatchObject({ version: null, ending: { queue: 'technical-support' } });
});

test('a mail is also taken as message/rfc822, byte for byte', async () => {
  const bytes = Buffer.from(mail('Gr\xfc\xdfe', 'Content-Type: text/plain; charset=iso-8859-1'), 'latin1');

  const { status, json } = await http.admin.call('POST', '/api/flows/support/try', {
    body: bytes,
    headers: { 'content-type': 'message/rfc822' },
  });

  expect(status).toBe(200);
  expect(json.email.size).toBe(bytes.length);
});

test('a past mail is tried again under what is known of it', async () => {
  const [id] = await sendMails(http, [{ subject: 'Once more' }]);

  const { json } = await http.admin.post('/api/flows/support/try', { interaction: id });

  const effect = json.run.effects[0];
  expect(effect.body).toContain(id);
  expect(json.email.subject).toBe('Once more');
});

test('a trial needs one mail, and a flow that can be read', async () => {
  const none = await http.admin.post('/api/flows/support/try', {});
  const two = await http.admin.post('/api/flows/support/try', { eml: 'x', interaction: 'y' });
  const unreadable = await http.admin.post('/api/flows/support/try', { eml: mail('x'), document: { id: 'support' } });

  expect([none.status, none.json.code]).toEqual([422, 'one-mail-needed']);
  expect(two.json.code).toBe('one-mail-needed');
  expect([unreadable.status, unreadable.json.code]).toEqual([422, 'flow-has-errors']);
  expect(unreadable.json.issues.length).toBeGreaterThan(0);
});

test('a queue cannot be deleted while a flow or a mail needs it', async () => {
  await http.admin.post('/api/queues', { id: 'spare', name: 'Spare' });
  const again = await http.admin.post('/api/queues', { id: 'spare', name: 'Spare' });
  const renamed = await http.admin.patch('/api/queues/spare', { name: 'Spare room' });
  await http.admin.post('/api/flows/support/publish', { document: simple('support', 'spare'), message: 'Use it' });
  const usedByFlow = await http.admin.delete('/api/queues/spare');
  const [id] = await sendMails(http, [{ subject: 'Into it' }]);
  await http.admin.post('/api/flows/support/publish', { document: simple('support', 'general'), message: 'Leave it' });
  const usedByMail = await http.admin.delete('/api/queues/spare');
  await http.admin.post(`/api/interactions/${id}/claim`);
  await http.admin.post(`/api/interactions/${id}/finish`);
  const deleted = await http.admin.delete('/api/queues/spare');

  expect([again.status, again.json.code]).toEqual([409, 'queue-exists']);
  expect(renamed.json).toMatchObject({ id: 'spare', name: 'Spare room', waiting: 0 });
  expect([usedByFlow.status, usedByFlow.json.code]).toEqual([409, 'queue-in-use']);
  expect(usedByFlow.json.detail).toContain('Simple');
  expect(usedByMail.json.code).toBe('queue-in-use');
  expect(deleted.status).toBe(204);
});
