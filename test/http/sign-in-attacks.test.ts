import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { client } from '../support/sign-in-provider.ts';
import { type Door, openDoor, providerId } from './support/door.ts';

const problem = (code: string) => `/?sign-in-problem=${code}`;
const now = () => Math.floor(Date.now() / 1_000);

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door?.stop());
afterEach(() => {
  door.provider.intercept = () => false;
});

test('a state that nobody began leads nowhere, and nothing of it comes back', async () => {
  const address = new URL('http://x/api/sign-in/callback?code=abc&state=%22%3E%3Cscript%3Ealert(1)%3C/script%3E');

  const led = await door.visit().follow(address);

  expect(led).toBe(problem('sign-in-unknown'));
});

test('what came back works once', async () => {
  const login = door.newPerson();
  await door.addUser(login);
  const visitor = door.visit();
  const back = await door.provider.signIn((await visitor.begin()).href, login);
  const cookies = new Map(visitor.cookies);

  const first = await visitor.follow(back);
  const replayed = door.visit();
  for (const [name, value] of cookies) replayed.cookies.set(name, value);
  const before = door.provider.calls.length;
  const second = await replayed.follow(back);

  expect([first, second]).toEqual(['/', problem('sign-in-unknown')]);
  expect(door.provider.calls).toHaveLength(before);
  expect((await replayed.who()).status).toBe(401);
});

test.each(['without', 'with a made-up'])(
  'in another browser, %s cookie, it does not work, and still does in the right one',
  async (cookie) => {
    const login = door.newPerson();
    await door.addUser(login);
    const visitor = door.visit();
    const back = await door.provider.signIn((await visitor.begin()).href, login);
    const other = door.visit();
    if (cookie !== 'without') for (const name of visitor.cookies.keys()) other.cookies.set(name, 'of-a-stranger');

    const elsewhere = await other.follow(back);
    const here = await visitor.follow(back);

    expect([elsewhere, here]).toEqual([problem('sign-in-other-browser'), '/']);
    expect((await other.who()).status).toBe(401);
  },
);

test.each(['another provider', 'nobody'])(
  'an answer in the name of %s is not taken to this one (mix-up)',
  async (whose) => {
    const login = door.newPerson();
    await door.addUser(login);
    const visitor = door.visit();
    const back = await door.provider.signIn((await visitor.begin()).href, login);
    expect(back.searchParams.get('iss')).toBe(door.provider.url);
    if (whose === 'nobody') back.searchParams.delete('iss');
    else back.searchParams.set('iss', 'https://evil.test');
    const before = door.provider.calls.length;

    const led = await visitor.follow(back);

    expect(led).toBe(problem('sign-in-not-proved'));
    expect(door.provider.calls.slice(before)).not.toContain('/token');
  },
);

test('a code of somebody else does not pass without the verifier that belongs to it (PKCE)', async () => {
  const [thief, victim] = [door.newPerson(), door.newPerson()];
  await Promise.all([door.addUser(thief), door.addUser(victim)]);
  const visitor = door.visit();
  const stolen = await door.provider.signIn((await door.visit().begin()).href, victim);
  const back = await door.provider.signIn((await visitor.begin()).href, thief);
  back.searchParams.set('code', stolen.searchParams.get('code') ?? '');

  const led = await visitor.follow(back);

  expect(led).toBe(problem('sign-in-unknown'));
  expect((await visitor.who()).status).toBe(401);
});

test.each([
  ['a nonce of another sign-in', { nonce: 'another' }, 'sign-in-not-proved'],
  ['no nonce', { nonce: undefined }, 'sign-in-not-proved'],
  ['another client', { aud: 'another-client' }, 'sign-in-not-proved'],
  ['several clients of which another is meant', { aud: [client.clientId, 'b'], azp: 'b' }, 'sign-in-not-proved'],
  ['another issuer', { iss: 'https://evil.test' }, 'sign-in-not-proved'],
  ['a token that ended', { exp: now() - 600, iat: now() - 900 }, 'sign-in-clock'],
])('a token with %s is not believed', async (_name, claims, expected) => {
  const login = door.newPerson();
  await door.addUser(login);
  const visitor = door.visit();
  const begun = await visitor.begin();
  const back = await door.provider.signIn(begun.href, login);
  answerWith(door.provider.idToken({ ...truth(login, begun), ...claims }));

  const led = await visitor.follow(back);

  expect(led).toBe(problem(expected));
  expect((await visitor.who()).status).toBe(401);
});

test('the very same token without those is believed', async () => {
  const login = door.newPerson();
  await door.addUser(login);
  const visitor = door.visit();
  const begun = await visitor.begin();
  const back = await door.provider.signIn(begun.href, login);
  answerWith(door.provider.idToken(truth(login, begun)));

  expect(await visitor.follow(back)).toBe('/');
});

test.each(['another key', 'no signature', 'the secret as its key', 'a key of yesterday'])(
  'a token with %s is not believed',
  async (kind) => {
    const login = door.newPerson();
    await door.addUser(login);
    const visitor = door.visit();
    const begun = await visitor.begin();
    const back = await door.provider.signIn(begun.href, login);
    const idToken = door.provider.idToken(truth(login, begun));
    const [header = '', claims = ''] = idToken.split('.');
    const headed = (alg: string) => `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${claims}`;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const forged = createSign('RSA-SHA256').update(`${header}.${claims}`).sign(privateKey, 'base64url');
    const shared = createHmac('sha256', client.secret).update(headed('HS256')).digest('base64url');
    const tokens: Record<string, string> = {
      'another key': `${header}.${claims}.${forged}`,
      'no signature': `${headed('none')}.`,
      'the secret as its key': `${headed('HS256')}.${shared}`,
      'a key of yesterday': idToken,
    };
    if (kind === 'a key of yesterday') door.provider.rotateKeys();
    answerWith(tokens[kind] ?? '');

    const led = await visitor.follow(back);

    expect(led).toBe(problem('sign-in-not-proved'));
    expect((await visitor.who()).status).toBe(401);
  },
);

/** What a token must say to be believed. */
function truth(login: string, begun: URL) {
  return {
    iss: door.provider.url,
    aud: client.clientId,
    sub: login,
    nonce: begun.searchParams.get('nonce') ?? '',
    iat: now(),
    exp: now() + 300,
    email: `${login}@demo.test`,
    email_verified: true,
  };
}

function answerWith(idToken: string): void {
  door.provider.intercept = (request, response) => {
    if (request.url !== '/token') return false;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: 'a', token_type: 'bearer', id_token: idToken }));
    return true;
  };
}

test.each([
  'https://evil.test/',
  '//evil.test/',
  '/\\evil.test/',
  '/\t/evil.test/',
  '/..//evil.test/',
  'javascript:alert(1)',
  '/api/session',
])('nobody is sent on to %j', async (to) => {
  const login = door.newPerson();
  await door.addUser(login);

  const led = await door.visit().signIn(login, to);

  expect(led).toBe('/');
});

test('the session that the browser had ends, and a planted one is not taken over', async () => {
  const login = door.newPerson();
  await door.addUser(login);
  const visitor = door.visit();
  await visitor.signIn(login);
  const before = new Map(visitor.cookies);

  await visitor.signIn(login);

  expect(visitor.cookies.get('sluice_session')).not.toBe(before.get('sluice_session'));
  expect((await visitor.who()).status).toBe(200);
  const former = door.visit();
  former.cookies.set('sluice_session', before.get('sluice_session') ?? '');
  expect((await former.who()).status).toBe(401);
});

test('another site cannot begin a sign-in', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };

  const answer = await door.http.browser().call('POST', `/api/sign-in/${providerId}`, { body: {}, headers });

  expect([answer.status, answer.json.code]).toEqual([403, 'cross-site-request']);
});

test('no token, code or verifier is in the log or the audit log', async () => {
  const login = door.newPerson();
  await door.addUser(login);
  const visitor = door.visit();
  const back = await door.provider.signIn((await visitor.begin()).href, login);

  await visitor.follow(back);

  const { text } = await door.http.admin.get('/api/audit');
  const code = back.searchParams.get('code') ?? '';
  expect(code.length).toBeGreaterThan(20);
  for (const secret of [code, ...visitor.cookies.values()]) {
    expect(text + JSON.stringify(door.http.log)).not.toContain(secret);
  }
});

test('whoever comes to nothing too often has to wait, and passwords go on working', async () => {
  await door.http.admin.post('/api/users', {
    email: 'pat@demo.test',
    name: 'Pat',
    role: 'viewer',
    password: 'a long pass phrase',
  });
  const visitor = door.visit();
  const begin = () => visitor.call('POST', `/api/sign-in/${providerId}`, {});

  const answers = await Promise.all(Array.from({ length: 41 }, begin));

  expect(answers.map(({ json }) => json.code)).toContain('too-many-attempts');
  expect(await visitor.follow(new URL('http://x/api/sign-in/callback?state=a'))).toBe(problem('too-many-attempts'));
  const login = { email: 'pat@demo.test', password: 'a long pass phrase' };
  expect((await door.http.browser().post('/api/session', login)).status).toBe(200);
});
