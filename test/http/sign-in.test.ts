import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { client } from '../support/sign-in-provider.ts';
import { type Door, openDoor, providerId } from './support/door.ts';

const problem = (code: string) => `/?sign-in-problem=${code}`;

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door?.stop());

beforeEach(() => door.set({}));
afterEach(() => {
  door.provider.intercept = () => false;
});

describe('whom an administrator has added', () => {
  test('comes in by the provider, goes on where they wanted to go, and is known by issuer and subject from then on', async () => {
    const login = door.newPerson();
    const id = await door.addUser(login, 'agent');
    const visitor = door.visit();

    const first = await visitor.signIn(login, '/queues/general?view=mine');
    door.provider.people.set(login, { email: 'another@address.test', email_verified: false });
    const later = door.visit();
    const second = await later.signIn(login);

    expect([first, second]).toEqual(['/queues/general?view=mine', '/']);
    expect((await visitor.who()).json.user).toMatchObject({ id, role: 'agent' });
    expect((await later.who()).json.user.id).toBe(id);
    expect((await door.userOf(login)).providers).toEqual([
      { id: providerId, name: 'Contoso', since: expect.any(String), decidesRole: false },
    ]);
  });

  test('stays out while the provider does not vouch for the address', async () => {
    const login = door.newPerson({ email_verified: false });
    await door.addUser(login);
    const visitor = door.visit();

    const led = await visitor.signIn(login);

    expect(led).toBe(problem('sign-in-email-unverified'));
    expect((await visitor.who()).status).toBe(401);
  });

  test('stays out where somebody else of that address came before', async () => {
    const login = door.newPerson();
    await door.addUser(login);
    await door.visit().signIn(login);
    const heir = door.newPerson({ email: `${login}@demo.test` });

    const led = await door.visit().signIn(heir);

    expect(led).toBe(problem('sign-in-other-identity'));
  });

  test('comes in as somebody else once an administrator took the link back', async () => {
    const login = door.newPerson();
    const id = await door.addUser(login);
    const former = door.visit();
    await former.signIn(login);
    const heir = door.newPerson({ email: `${login}@demo.test` });
    const visitor = door.visit();

    await door.http.admin.delete(`/api/users/${id}/providers/${providerId}`);
    const led = await visitor.signIn(heir);

    expect(led).toBe('/');
    expect((await visitor.who()).json.user.id).toBe(id);
    expect((await former.who()).status).toBe(401);
  });

  test('stays out once disabled, and their session ends', async () => {
    const login = door.newPerson();
    const id = await door.addUser(login);
    const visitor = door.visit();
    await visitor.signIn(login);

    await door.http.admin.patch(`/api/users/${id}`, { disabled: true });

    expect((await visitor.who()).status).toBe(401);
    expect(await door.visit().signIn(login)).toBe(problem('sign-in-disabled'));
  });
});

describe('whom nobody has added', () => {
  const making = { createUsers: true, domains: ['Demo.Test'], defaultRole: 'viewer' };

  test('stays out', async () => {
    const login = door.newPerson();

    const led = await door.visit().signIn(login);

    expect(led).toBe(problem('sign-in-no-user'));
    const { json } = await door.http.admin.get('/api/sign-in-providers');
    expect(json.items[0].lastRefusal).toMatchObject({
      problem: 'sign-in-no-user',
      detail: expect.stringContaining(login),
    });
  });

  test('becomes a user where the provider makes users, and a deleted one does not', async () => {
    await door.set(making);
    const login = door.newPerson();
    const visitor = door.visit();

    const led = await visitor.signIn(login);
    const user = await door.userOf(login);
    await door.http.admin.delete(`/api/users/${user.id}`);
    const afterwards = await door.visit().signIn(login);

    expect(led).toBe('/');
    expect(user).toMatchObject({ role: 'viewer', hasPassword: false, name: expect.stringContaining('person') });
    expect(afterwards).toBe(problem('sign-in-no-user'));
    expect((await visitor.who()).status).toBe(401);
    await door.addUser(login);
    expect(await door.visit().signIn(login)).toBe('/');
  });

  test('stays out with an address of another domain, or one that is not proved', async () => {
    await door.set(making);

    const elsewhere = await door.visit().signIn(door.newPerson({ email: 'somebody@elsewhere.test' }));
    const unproved = await door.visit().signIn(door.newPerson({ email_verified: false }));

    expect(elsewhere).toBe(problem('sign-in-domain'));
    expect(unproved).toBe(problem('sign-in-email-unverified'));
  });
});

describe('roles from a claim', () => {
  const mapped = {
    createUsers: true,
    domains: ['demo.test'],
    roleClaim: 'groups',
    roles: [
      { value: 'support', role: 'agent' },
      { value: 'flows', role: 'designer' },
    ],
  };

  test('the highest of several counts, and each sign-in sees what is true now', async () => {
    await door.set(mapped);
    const login = door.newPerson({ groups: ['everybody', 'support', 'flows'] });
    const visitor = door.visit();

    await visitor.signIn(login);
    const first = await visitor.who();
    door.provider.people.set(login, { ...door.provider.people.get(login), groups: ['support'] });
    await door.visit().signIn(login);
    const second = await visitor.who();

    expect([first.json.user.role, second.json.user.role]).toEqual(['designer', 'agent']);
    const { json } = await door.http.admin.get(`/api/audit?who=${first.json.user.id}`);
    expect(json.items.map((each: { what: string }) => each.what)).toEqual([
      'Signed in by Contoso (designer became agent)',
      'Signed in by Contoso (made a user)',
    ]);
  });

  test('without one that is mapped nobody comes in, or with the role that is set for that', async () => {
    await door.set(mapped);
    const login = door.newPerson({ groups: ['everybody'] });

    const refused = await door.visit().signIn(login);
    await door.set({ ...mapped, defaultRole: 'viewer' });
    const visitor = door.visit();
    const led = await visitor.signIn(login);

    expect([refused, led]).toEqual([problem('sign-in-no-role'), '/']);
    expect((await visitor.who()).json.user.role).toBe('viewer');
  });
});

describe('the provider', () => {
  test('may change its keys', async () => {
    const login = door.newPerson();
    await door.addUser(login);
    await door.visit().signIn(login);

    door.provider.rotateKeys();

    expect(await door.visit().signIn(login)).toBe('/');
  });

  test('that says no is told as that', async () => {
    const visitor = door.visit();
    const begun = await visitor.begin('/flows');
    const answer = { error: 'access_denied', state: begun.searchParams.get('state') ?? '', iss: door.provider.url };

    const led = await visitor.follow(new URL(`http://x/api/sign-in/callback?${new URLSearchParams(answer)}`));

    expect(led).toBe('/flows?sign-in-problem=sign-in-declined');
  });

  test('that is turned off lets nobody in, also not whoever was on the way', async () => {
    const login = door.newPerson();
    await door.addUser(login);
    const visitor = door.visit();
    const back = await door.provider.signIn((await visitor.begin()).href, login);

    await door.set({ enabled: false });

    expect(await visitor.follow(back)).toBe(problem('sign-in-provider-off'));
    const again = await visitor.call('POST', `/api/sign-in/${providerId}`, {});
    expect([again.status, again.json.code]).toEqual([403, 'sign-in-provider-off']);
    expect((await visitor.call('GET', '/api/sign-in')).json.providers).toEqual([]);
  });

  test('that knows the client by another secret is told to administrators, and the secret to nobody', async () => {
    const login = door.newPerson();
    await door.addUser(login);
    await door.set({ secret: 'a-wrong-secret-of-somebody' });

    const led = await door.visit().signIn(login);
    await door.set({ secret: client.secret });

    expect(led).toBe(problem('sign-in-misconfigured'));
    const { text } = await door.http.admin.get('/api/sign-in-providers');
    expect(text).toContain('client secret is wrong');
    const log = JSON.stringify(door.http.log);
    for (const secret of ['a-wrong-secret-of-somebody', client.secret]) expect(text + log).not.toContain(secret);
  });

  test('asks who it is where the account that it knew did not get in', async () => {
    const visitor = door.visit();

    const usual = await visitor.begin();
    const { json } = await visitor.call('POST', `/api/sign-in/${providerId}`, { anotherAccount: true });

    expect(usual.searchParams.get('prompt')).toBe(null);
    expect(new URL(json.url).searchParams.get('prompt')).toBe('login');
  });

  test('ends its session with ours', async () => {
    const login = door.newPerson();
    await door.addUser(login);
    const visitor = door.visit();
    await visitor.signIn(login);

    const { json } = await visitor.call('DELETE', '/api/session');

    const leave = new URL(json.leaveUrl);
    expect(leave.origin + leave.pathname).toBe(`${door.provider.url}/session/end`);
    expect(leave.searchParams.get('post_logout_redirect_uri')).toBe(`${door.http.url}/`);
    expect(leave.searchParams.get('id_token_hint')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect((await visitor.who()).status).toBe(401);
  });
});
