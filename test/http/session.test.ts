import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import type { AuditItem } from '../../schemas/api/audit.ts';
import { until } from '../support/until.ts';
import type { HttpClient } from './support/http-client.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

const ada = { email: 'ada@example.test', name: 'Ada', password: 'a long enough password' };
const credentials = { email: ada.email, password: ada.password };

let http: HttpUnderTest;
afterEach(() => http.stop());

async function setUp(): Promise<HttpClient> {
  http = await startHttp();
  const browser = http.browser();
  await browser.post('/api/setup', ada);
  return browser;
}

/** Newest first, as many lines of sign-ins as there are awaited: those of refused ones are written when they were answered. */
async function audited(count: number): Promise<AuditItem[]> {
  let items: AuditItem[] = [];
  await until(`${count} sign-ins in the audit log`, async () => {
    const all: AuditItem[] = (await http.admin.get('/api/audit')).json.items;
    items = all.filter(({ path }) => path === '/api/session');
    return items.length >= count;
  });
  expect(items).toHaveLength(count);
  return items;
}

test('the first set-up makes an administrator and logs them in, once', async () => {
  http = await startHttp();
  const browser = http.browser();
  const before = await browser.get('/api/setup');

  const made = await browser.post('/api/setup', ada);

  expect(before.json).toEqual({ needed: true, codeRequired: false });
  expect(made.status).toBe(201);
  expect(made.json.user).toEqual({
    id: expect.stringMatching(/^ada-[0-9a-f]{6}$/),
    email: ada.email,
    name: 'Ada',
    role: 'admin',
  });
  expect((await browser.get('/api/session')).json.user).toEqual(made.json.user);
  const again = await http.browser().post('/api/setup', { ...ada, email: 'eve@example.test' });
  expect([again.status, again.json.code]).toEqual([409, 'already-set-up']);
  expect((await browser.get('/api/setup')).json.needed).toBe(false);
});

test('of two first set-ups at the same time one wins', async () => {
  http = await startHttp();

  const answers = await Promise.all(
    ['ada', 'eve'].map((name) => http.browser().post('/api/setup', { ...ada, email: `${name}@example.test`, name })),
  );

  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  expect((await http.admin.get('/api/users')).json.items).toHaveLength(1);
});

test('a server that others can reach asks for the code in its log', async () => {
  http = await startHttp({ host: '0.0.0.0' });
  const browser = http.browser();
  const code = http.log.map(({ data }) => Reflect.get(data, 'setUpCode')).find((value) => value !== undefined);

  const without = await browser.post('/api/setup', ada);
  const wrong = await browser.post('/api/setup', { ...ada, code: 'aaaa-aaaa-aaaa' });
  const right = await browser.post('/api/setup', { ...ada, code });

  expect((await browser.get('/api/setup')).json.codeRequired).toBe(true);
  expect([without.status, without.json.code]).toEqual([403, 'wrong-setup-code']);
  expect(wrong.status).toBe(403);
  expect(right.status).toBe(201);
});

test('the session cookie is out of reach of scripts and of other sites', async () => {
  http = await startHttp();

  const { headers } = await http.browser().post('/api/setup', ada);

  expect(headers['set-cookie']).toMatch(/^sluice_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
});

test('behind a proxy with TLS the cookie is Secure and the set-up asks for its code', async () => {
  http = await startHttp({ publicUrl: 'https://mail.example.test' });
  const browser = http.browser();
  const code = http.log.map(({ data }) => Reflect.get(data, 'setUpCode')).find((value) => value !== undefined);
  const headers = { host: 'mail.example.test', origin: 'https://mail.example.test' };

  const without = await browser.call('POST', '/api/setup', { body: ada, headers });
  const answer = await browser.call('POST', '/api/setup', { body: { ...ada, code }, headers });

  expect(without.status).toBe(403);
  expect(answer.status).toBe(201);
  expect(answer.headers['set-cookie']).toMatch(/; Secure$/);
});

test('the store holds no token that opens a session', async () => {
  const browser = await setUp();
  const token = browser.cookie.split('=')[1] ?? '';

  const database = new DatabaseSync(join(http.folder, 'data/sluice.db'), { readOnly: true });
  const rows = JSON.stringify(database.prepare('select * from sessions').all());
  database.close();

  expect(token).toHaveLength(43);
  expect(rows).not.toContain(token);
});

test('a login makes a new token and ends the session that the browser came with', async () => {
  const browser = await setUp();
  const planted = browser.cookie;

  const login = await browser.post('/api/session', { email: 'ADA@example.test', password: ada.password });

  expect(login.status).toBe(200);
  expect(browser.cookie).not.toBe(planted);
  const other = http.browser();
  other.cookie = planted;
  expect((await other.get('/api/session')).status).toBe(401);
});

test('a token that somebody made up is not taken over by the login', async () => {
  await setUp();
  const browser = http.browser();
  const madeUp = `sluice_session=${'A'.repeat(43)}`;
  browser.cookie = madeUp;

  await browser.post('/api/session', credentials);

  expect(browser.cookie).not.toBe(madeUp);
});

test('after a logout the token is worth nothing', async () => {
  const browser = await setUp();
  const { cookie } = browser;

  const answer = await browser.delete('/api/session');

  expect([answer.status, answer.json]).toEqual([200, { leaveUrl: null }]);
  expect(browser.cookie).toBe('');
  browser.cookie = cookie;
  expect((await browser.get('/api/session')).status).toBe(401);
});

test('a session that was not used for long has ended; one that is used goes on', async () => {
  const browser = await setUp();
  const database = new DatabaseSync(join(http.folder, 'data/sluice.db'), { timeout: 5_000 });
  const expiry = () => Number(Object(database.prepare('select expires_at from sessions').get()).expires_at);
  const expireAt = (time: number) => database.prepare('update sessions set expires_at = ?').run(time);

  expireAt(Date.now() + 60_000);
  const inTime = await browser.get('/api/session');
  const moved = expiry();
  expireAt(Date.now() - 1);
  const tooLate = await browser.get('/api/session');
  database.close();

  expect(inTime.status).toBe(200);
  expect(moved).toBeGreaterThan(Date.now() + 3_600_000);
  expect(tooLate.status).toBe(401);
});

test('a wrong password and an unknown account are told alike; the audit log tells them apart, without what was typed', async () => {
  await setUp();
  const { id } = (await http.admin.get('/api/users')).json.items[0];

  // Where a call came from is the connection's word alone.
  const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' };
  const logIn = (body: object) => http.browser().call('POST', '/api/session', { body, headers });

  const wrong = await logIn({ email: ada.email, password: 'not the password' });
  const unknown = await logIn({ email: 'nobody@example.test', password: 'whatever it is' });
  await http.browser().post('/api/session', credentials);

  expect(wrong.status).toBe(401);
  expect(wrong.json).toEqual(unknown.json);
  const [right, stranger, mistyped] = await audited(3);
  expect(right).toMatchObject({
    who: { id, name: 'Ada', role: 'admin', by: 'password' },
    address: '127.0.0.1',
    what: 'Signed in with a password',
  });
  expect(stranger).toMatchObject({ who: { id: '', by: '' }, address: '127.0.0.1', target: {}, changes: [] });
  expect(mistyped).toMatchObject({ what: 'Refused a sign-in with a wrong password', target: { user: id } });
  expect(JSON.stringify([right, stranger, mistyped])).not.toMatch(/not the password|nobody@|whatever|long enough/);
});

test('guessing ends in 429, also for the right password and also when all guesses come at once', async () => {
  await setUp();
  const guess = { email: ada.email, password: 'not the password' };

  const answers = await Promise.all(Array.from({ length: 15 }, () => http.browser().post('/api/session', guess)));
  const right = await http.browser().post('/api/session', credentials);

  expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10);
  expect(answers.filter((answer) => answer.status === 429)).toHaveLength(5);
  expect([right.status, right.json.code]).toEqual([429, 'too-many-attempts']);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  const lines = (await audited(11)).map(({ what }) => what);
  expect(lines.filter((what) => what === 'Refused a sign-in with a wrong password')).toHaveLength(10);
  expect(lines.filter((what) => /^Locked a user out/.test(what))).toHaveLength(1);
});

test('logins that succeed do not count', async () => {
  await setUp();

  for (let count = 0; count < 12; count += 1) {
    expect((await http.browser().post('/api/session', credentials)).status).toBe(200);
  }
});

test('a call with a cookie from another site is refused', async () => {
  const browser = await setUp();
  const call = (headers: Record<string, string | null>) =>
    browser.call('POST', '/api/queues', { body: { id: 'q', name: 'Q' }, headers });

  const crossSite = await call({ 'sec-fetch-site': 'cross-site' });
  const sameSite = await call({ 'sec-fetch-site': 'same-site' });
  const wrongOrigin = await call({ 'sec-fetch-site': null, origin: 'http://evil.test' });

  expect([crossSite.status, crossSite.json.code]).toEqual([403, 'cross-site-request']);
  expect(sameSite.status).toBe(403);
  expect(wrongOrigin.status).toBe(403);
});

test('a cookie without a word about where the call comes from is refused; its own origin is enough', async () => {
  const browser = await setUp();
  const call = (headers: Record<string, string | null>) =>
    browser.call('POST', '/api/queues', {
      body: { id: 'q', name: 'Q' },
      headers: { 'sec-fetch-site': null, ...headers },
    });

  const silent = await call({});
  const otherPort = await call({ origin: 'http://127.0.0.1:1' });
  const ownOrigin = await call({ origin: http.url });

  expect(silent.status).toBe(403);
  expect(otherPort.status).toBe(403);
  expect(ownOrigin.status).toBe(201);
});

test('another site cannot log a browser in to an account of its choice', async () => {
  await setUp();

  const answer = await http
    .browser()
    .call('POST', '/api/session', { body: credentials, headers: { 'sec-fetch-site': 'cross-site' } });

  expect([answer.status, answer.json.code]).toEqual([403, 'cross-site-request']);
});

test('a form cannot be sent: only JSON is read', async () => {
  const browser = await setUp();

  const answer = await browser.call('POST', '/api/queues', {
    body: '{"id":"q","name":"Q"}',
    headers: { 'content-type': 'text/plain' },
  });

  expect([answer.status, answer.json.code]).toEqual([415, 'unsupported-media-type']);
});

test('a name that is not of this machine gets no answer from a server on loopback', async () => {
  http = await startHttp();
  const rebound = { host: 'evil.test:3000', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' };

  const api = await http.admin.call('GET', '/api/users', { headers: rebound });
  const page = await http.admin.call('GET', '/', { headers: { ...rebound, accept: 'text/html' } });
  const local = await http.admin.call('GET', '/api/users', { headers: { host: 'localhost:1' } });

  expect([api.status, api.json.code]).toEqual([421, 'unknown-host']);
  expect(page.status).toBe(421);
  expect(local.status).toBe(200);
});

test('a user who is deleted or gets a new password is out at once; a changed role counts at once', async () => {
  await setUp();
  const user = { email: 'bob@example.test', name: 'Bob', role: 'designer', password: 'another long password' };
  const bob = http.browser();
  const { id } = (await http.admin.post('/api/users', user)).json;
  const login = () => bob.post('/api/session', { email: user.email, password: user.password });

  await login();
  await http.admin.patch(`/api/users/${id}`, { role: 'viewer' });
  const asViewer = await bob.put('/api/routes', { items: [] });
  await http.admin.patch(`/api/users/${id}`, { password: user.password });
  const afterPassword = await bob.get('/api/session');
  await login();
  await http.admin.delete(`/api/users/${id}`);
  const afterDelete = await bob.get('/api/session');

  expect(asViewer.status).toBe(403);
  expect(afterPassword.status).toBe(401);
  expect(afterDelete.status).toBe(401);
});
