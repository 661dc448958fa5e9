import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from '../support/sign-in-provider.ts';
import { type Door, openDoor, providerId, type Visitor } from './support/door.ts';

const path = `/api/sign-in-providers/${providerId}`;
const ada = { email: 'ada@demo.test', name: 'Ada', password: 'a long pass phrase' };

let door: Door;
let adaByProvider: Visitor;
let adaId: string;
beforeAll(async () => {
  door = await openDoor();
  await door.http.browser().post('/api/setup', ada);
  door.provider.people.set('ada', { email: ada.email, email_verified: true });
});
afterAll(() => door?.stop());

const refusal = ({ status, json }: { status: number; json: { code: string } }) => [status, json?.code];

test('a secret is stored sealed, never comes back, and stays where it is left out', async () => {
  await door.set({ name: 'Contoso of today' });

  const { json, text } = await door.http.admin.get('/api/sign-in-providers');
  const stored = await readFile(join(door.http.folder, 'data/settings.json'), 'utf8');
  const audit = await door.http.admin.get('/api/audit');

  expect(json.items[0]).toMatchObject({ name: 'Contoso of today', hasSecret: true, users: 0 });
  expect(json.redirectUri).toBe(`${door.http.url}/api/sign-in/callback`);
  for (const each of [text, stored, audit.text]) expect(each).not.toContain(client.secret);
  expect(stored).toContain('"secret": "sealed:v1:');
});

test('a stored secret does not go to another provider', async () => {
  expect(refusal(await door.set({ issuer: 'https://evil.test' }))).toEqual([422, 'secret-needed']);
});

test.each([
  ['an open address', { issuer: 'http://id.example.com', secret: 'x' }, 'issuer-insecure'],
  [
    'every tenant of Microsoft',
    { issuer: 'https://login.microsoftonline.com/common/v2.0', secret: 'x' },
    'issuer-shared',
  ],
  ['users of any domain', { createUsers: true, defaultRole: 'viewer' }, 'domains-needed'],
  ['users without a role', { createUsers: true, domains: ['demo.test'] }, 'role-needed'],
  ['a domain that is none', { createUsers: true, domains: ['*'], defaultRole: 'viewer' }, 'bad-domain'],
  [
    'trust in whatever stands at Google',
    { issuer: 'https://accounts.google.com', secret: 'x', trustsEmail: true },
    'email-not-proved',
  ],
  ['a scope without openid', { scope: 'email' }, 'invalid-body'],
  ['an authority that is none', { ca: 'a key' }, 'invalid-body'],
])('%s is refused', async (_name, part, code) => {
  expect(refusal(await door.set(part))).toEqual([422, code]);
});

test('a private authority can be named and taken back; what is none is refused before anybody is asked', async () => {
  const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
  const { issuer } = door.entered;

  const named = await door.set({ ca });
  const checked = await door.http.admin.post('/api/sign-in-providers/check', { issuer, ca: 'a key' });
  const cleared = await door.set({ ca: '' });
  const without = await door.http.admin.post('/api/sign-in-providers/check', { issuer, ca: '' });

  expect(named.json.ca).toBe(ca);
  expect([checked.status, checked.json.code]).toEqual([422, 'invalid-body']);
  expect(checked.json.detail).toContain('"ca" must be a certificate in PEM');
  expect(cleared.json).not.toHaveProperty('ca');
  expect(without.status).toBe(200);
});

test('two providers have two issuers', async () => {
  const answer = await door.http.admin.post('/api/sign-in-providers', { ...door.entered, name: 'Twice' });

  expect(refusal(answer)).toEqual([409, 'issuer-taken']);
});

test('a check says what the provider is, and stores nothing', async () => {
  const { json } = await door.http.admin.post('/api/sign-in-providers/check', { issuer: door.provider.url });

  expect(json).toMatchObject({ signInAddress: `${door.provider.url}/auth`, hasPkce: true, endsSessions: true });
});

test('passwords cannot be turned off before an administrator has signed in by a provider', async () => {
  const before = await door.http.admin.put('/api/sign-in', { local: false });
  adaByProvider = door.visit();
  const led = await adaByProvider.signIn('ada');
  const after = await door.http.admin.put('/api/sign-in', { local: false });

  expect(refusal(before)).toEqual([409, 'no-administrator-by-provider']);
  expect(led).toBe('/');
  adaId = (await adaByProvider.who()).json.user.id;
  expect(after.json).toEqual({ local: false });
  const login = await door.http.browser().post('/api/session', { email: ada.email, password: ada.password });
  expect(refusal(login)).toEqual([403, 'passwords-off']);
});

test('with passwords off, nothing takes away the last way in of an administrator', async () => {
  const answers = [
    await door.set({ enabled: false }),
    await door.http.admin.delete(path),
    await door.http.admin.delete(`/api/users/${adaId}/providers/${providerId}`),
    await door.http.admin.delete(`/api/users/${adaId}`),
    await door.http.admin.patch(`/api/users/${adaId}`, { role: 'designer' }),
    await door.http.admin.patch(`/api/users/${adaId}`, { disabled: true }),
  ];

  expect(answers.map(refusal)).toEqual(answers.map(() => [409, 'last-administrator']));
  expect((await adaByProvider.who()).status).toBe(200);
});

test('once passwords are on again, a provider can go, and who came by it is linked no more', async () => {
  await door.http.admin.put('/api/sign-in', { local: true });

  const deleted = await door.http.admin.delete(path);

  expect(deleted.status).toBe(204);
  const { json } = await door.http.admin.get('/api/users');
  expect(json.items[0]).toMatchObject({ id: adaId, providers: [], hasPassword: true });
  const bare = await door.http.admin.patch(`/api/users/${adaId}`, { password: null });
  expect(refusal(bare)).toEqual([409, 'last-administrator']);
});

test('a user without a password cannot sign in with any', async () => {
  await door.http.admin.post('/api/users', { email: 'bare@demo.test', name: 'Bare', role: 'viewer' });

  const answers = [];
  for (const password of ['', 'undefined', 'nobody has this password']) {
    answers.push(await door.http.browser().post('/api/session', { email: 'bare@demo.test', password }));
  }

  expect(answers.map(refusal)).toEqual(answers.map(() => [401, 'wrong-login']));
});
