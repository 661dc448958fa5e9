import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createSignIn } from '../../runtime/sign-in/sign-in.ts';
import type { SignInProvider } from '../../schemas/sign-in-provider.ts';
import { client, type SignInProviderServer, startSignInProvider } from '../support/sign-in-provider.ts';
import { providerOf } from './provider-of.ts';

const redirectUri = 'http://127.0.0.1:3000/api/sign-in/callback';
const leaveUri = 'http://127.0.0.1:3000/';

const release: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (let next = release.pop(); next !== undefined; next = release.pop()) await next();
});

async function startProvider(): Promise<SignInProviderServer> {
  const provider = await startSignInProvider({ redirectUri, leaveUri });
  release.push(provider.stop);
  provider.people.set('ada', { email: 'ada@demo.test', email_verified: true });
  return provider;
}

/** The room with a clock that the test moves. */
function openRoom(
  provider: Partial<SignInProvider>,
  { allow, timeoutMs = 10_000 }: { allow: string[]; timeoutMs?: number },
) {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const settings = { signInProviders: [providerOf({ clientId: client.clientId, secret: 'sealed:v1:x', ...provider })] };
  const store = { read: () => settings, open: () => client.secret };
  const signIn = createSignIn({ settings: store, clock, allow: () => allow, timeoutMs });
  const begin = () =>
    signIn.begin({
      provider: 'provider',
      redirectUri,
      to: '/',
      anotherAccount: false,
      formerSession: undefined,
      succeeded: () => {},
    });
  return { signIn, clock, settings, begin };
}

const hostOf = (url: string) => new URL(url).host;

test('a sign-in waits for ten minutes and no longer', async () => {
  const provider = await startProvider();
  const { signIn, clock, begin } = openRoom({ issuer: provider.url }, { allow: [hostOf(provider.url)] });
  const [slow, slower] = [await begin(), await begin()];
  const backs = [await provider.signIn(slow.url, 'ada'), await provider.signIn(slower.url, 'ada')];
  const finish = (at: number, { browser }: { browser: string }) =>
    signIn.finish(backs[at]?.searchParams ?? new URLSearchParams(), browser, leaveUri);

  clock.ahead = 9 * 60_000;
  const inTime = await finish(0, slow);
  clock.ahead = 10 * 60_000 + 1_000;
  const late = finish(1, slower);

  expect(inTime.person.email).toBe('ada@demo.test');
  await expect(late).rejects.toMatchObject({ code: 'sign-in-unknown' });
});

test('a clock that is wrong by hours is told as that', async () => {
  const provider = await startProvider();
  const { signIn, clock, begin } = openRoom({ issuer: provider.url }, { allow: [hostOf(provider.url)] });
  clock.ahead = 2 * 3_600_000;
  const begun = await begin();
  const back = await provider.signIn(begun.url, 'ada');

  const finished = signIn.finish(back.searchParams, begun.browser, leaveUri);

  await expect(finished).rejects.toMatchObject({ code: 'sign-in-clock' });
});

test('a provider that was set up anew meanwhile does not end what another began', async () => {
  const provider = await startProvider();
  const room = openRoom({ issuer: provider.url }, { allow: [hostOf(provider.url)] });
  const begun = await room.begin();
  const back = await provider.signIn(begun.url, 'ada');
  room.settings.signInProviders = [providerOf({ clientId: client.clientId, issuer: 'https://another.test' })];

  const finished = room.signIn.finish(back.searchParams, begun.browser, leaveUri);

  await expect(finished).rejects.toMatchObject({ code: 'sign-in-unknown' });
});

test('many who begin ask the provider once what it is', async () => {
  const provider = await startProvider();
  const { begin } = openRoom({ issuer: provider.url }, { allow: [hostOf(provider.url)] });

  await Promise.all(Array.from({ length: 20 }, begin));
  await begin();

  expect(provider.calls).toEqual(['/.well-known/openid-configuration']);
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  release.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a provider that hangs is given up, and said to be away', async () => {
  const issuer = await listen(createServer(() => {}));
  const { signIn, begin } = openRoom({ issuer }, { allow: [hostOf(issuer)], timeoutMs: 200 });

  await expect(begin()).rejects.toMatchObject({ code: 'sign-in-provider-away' });
  await expect(signIn.check(issuer)).rejects.toMatchObject({ code: 'http-timeout' });
  expect(signIn.lastRefusal('provider')).toMatchObject({ problem: 'sign-in-provider-away' });
});

test.each([
  ['another issuer', (own: string) => ({ issuer: `${own}/` }), 'issuer-differs'],
  ['no issuer', () => ({}), 'issuer-differs'],
  ['no address of keys', (own: string) => ({ issuer: own, jwks_uri: undefined }), 'provider-bad-answer'],
  [
    'an open address elsewhere',
    (own: string) => ({ issuer: own, token_endpoint: 'http://evil.test/' }),
    'provider-bad-answer',
  ],
  [
    'an address that is none',
    (own: string) => ({ issuer: own, authorization_endpoint: 'javascript:alert(1)' }),
    'provider-bad-answer',
  ],
])('a provider that names %s is refused', async (_name, part, code) => {
  const server = createServer((_request, response) => {
    const endpoints = { authorization_endpoint: `${own}/a`, token_endpoint: `${own}/t`, jwks_uri: `${own}/k` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...endpoints, ...part(own) }));
  });
  const own = await listen(server);
  const { signIn } = openRoom({ issuer: own }, { allow: [hostOf(own)] });

  await expect(signIn.check(own)).rejects.toMatchObject({ code });
});

test('an address that answers with a page is no provider', async () => {
  const own = await listen(createServer((_request, response) => response.end('<html>')));
  const { signIn } = openRoom({ issuer: own }, { allow: [hostOf(own)] });

  await expect(signIn.check(own)).rejects.toMatchObject({
    code: 'provider-bad-answer',
    message: expect.stringContaining('Check the addresses of the provider'),
  });
});

test.each([
  ['http://id.example.com', 'issuer-insecure'],
  ['https://user:secret@id.example.com', 'issuer-invalid'],
  ['ftp://id.example.com', 'issuer-invalid'],
  ['https://login.microsoftonline.com/common/v2.0', 'issuer-shared'],
  ['https://login.microsoftonline.com/organizations/v2.0', 'issuer-shared'],
])('the issuer %s is refused before anything is asked', async (issuer, code) => {
  const { signIn } = openRoom({}, { allow: [] });

  await expect(signIn.check(issuer)).rejects.toMatchObject({ code, status: 422 });
});

test('a provider within the own network is reached only where that is allowed', async () => {
  const provider = await startProvider();
  const { signIn, begin } = openRoom({ issuer: provider.url }, { allow: [] });

  await expect(signIn.check(provider.url)).rejects.toMatchObject({ code: 'address-refused' });
  await expect(begin()).rejects.toMatchObject({ code: 'sign-in-misconfigured' });
});
