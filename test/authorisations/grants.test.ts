import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storeAuthorisation } from '../../runtime/http/authorisation-settings.ts';
import {
  certified,
  client,
  type IdentityProvider,
  person,
  startIdentityProvider,
} from '../support/identity-provider.ts';
import { until } from '../support/until.ts';
import { openRig, type Rig, redirectUri } from './rig.ts';

let folder: string;
let provider: IdentityProvider;
let rig: Rig;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  provider = await startIdentityProvider(folder, [redirectUri]);
});
afterAll(async () => {
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  provider.calls.length = 0;
  provider.tokenLife = 3_600;
  provider.intercept = () => false;
  rig = await openRig(provider);
});
afterEach(() => rig.close());

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): IdentityProvider['intercept'] => {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
    return true;
  };
};

async function keptFailure(): Promise<unknown> {
  const [row] = await rig.store.read.selectFrom('authorisations').select('failure').execute();
  return JSON.parse(row?.failure ?? 'null');
}

describe('tokens from a real provider', () => {
  test.each(['client-credentials', 'password', 'service-account', 'entra'] as const)('by %s', async (type) => {
    await rig.add(rig.grant(type));

    const token = await rig.token();

    expect(token.length).toBeGreaterThan(20);
    expect(rig.state()).toBe('authorised');
  });

  test('by a certificate, which says itself when it ends', async () => {
    const { secret: _, ...grant } = rig.grant('entra');
    const { pem, key } = provider.certificate;
    await rig.add({ ...grant, clientId: certified.clientId, certificate: pem, key: rig.settings.seal(key) });

    const token = await rig.token();

    expect(token.length).toBeGreaterThan(20);
    expect(rig.authorisations.status(rig.authorisation()).expiries).toMatchObject([
      { what: 'certificate', warning: 30 },
    ]);
  });

  test('by a person who signs in, and by refresh tokens from then on, across a restart', async () => {
    await rig.add(rig.grant('authorization-code'));
    await expect(rig.token()).rejects.toMatchObject({ code: 'needs-authorising' });
    await rig.signIn();
    const first = await rig.token();
    rig.clock.ahead = 3_400_000;

    const second = await rig.token();
    await rig.reopen();
    const third = await rig.token();

    expect(new Set([first, second, third]).size).toBe(3);
    expect(rig.authorisations.status(rig.authorisation())).toMatchObject({
      state: 'authorised',
      account: expect.stringContaining('anna'),
    });
    const [row] = await rig.store.read.selectFrom('authorisations').selectAll().execute();
    expect(row?.refresh_token).toMatch(/^sealed:v1:/);
  });

  test('one call serves all who ask at a time, and none is made while a token is fresh', async () => {
    await rig.add(rig.grant('entra'));

    const tokens = await Promise.all(Array.from({ length: 20 }, () => rig.token()));
    await rig.token();

    expect(new Set(tokens).size).toBe(1);
    expect(provider.calls).toHaveLength(1);
  });

  test('one that a server refused is replaced once, however many report it', async () => {
    await rig.add(rig.grant('client-credentials'));
    const refused = await rig.token();

    const tokens = await Promise.all(Array.from({ length: 5 }, () => rig.token(refused)));

    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(refused);
    expect(provider.calls).toHaveLength(2);
  });

  test('a changed secret is used at once, and a deleted authorisation leaves nothing', async () => {
    await rig.add({ ...rig.grant('client-credentials'), secret: rig.settings.seal('wrong-secret') });
    await expect(rig.token()).rejects.toMatchObject({ code: 'authorisation-refused' });
    await rig.add(rig.grant('client-credentials'));
    await rig.token();

    await rig.settings.update((draft) => {
      draft.authorisations = [];
    });

    await expect(rig.token()).rejects.toMatchObject({ code: 'authorisation-not-found' });
    await until('the row is gone', async () => {
      return (await rig.store.read.selectFrom('authorisations').selectAll().execute()).length === 0;
    });
  });
});

describe('a sign-in', () => {
  beforeEach(() => rig.add(rig.grant('authorization-code')));

  test('is finished once, by the one who began it', async () => {
    const { url } = await rig.authorisations.beginSignIn('mine', redirectUri);
    const back = await provider.signIn(url);
    const state = back.searchParams.get('state') ?? '';

    const forged = rig.authorisations.finishSignIn('forged', back.searchParams);
    await expect(forged).rejects.toMatchObject({ code: 'sign-in-unknown' });
    await rig.authorisations.finishSignIn(state, back.searchParams);
    const again = rig.authorisations.finishSignIn(state, back.searchParams);

    await expect(again).rejects.toMatchObject({ code: 'sign-in-unknown' });
    expect(provider.calls).toHaveLength(1);
    expect(provider.calls[0]?.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
  });

  test('that was begun too long ago, or was declined, says so', async () => {
    const old = await rig.authorisations.beginSignIn('mine', redirectUri);
    rig.clock.ahead = 16 * 60_000;
    const late = rig.authorisations.finishSignIn(old.state, new URLSearchParams({ code: 'x' }));
    await expect(late).rejects.toMatchObject({ code: 'sign-in-unknown' });
    const declined = await rig.authorisations.beginSignIn('mine', redirectUri);

    const refusal = rig.authorisations.finishSignIn(declined.state, new URLSearchParams({ error: 'access_denied' }));

    await expect(refusal).rejects.toThrow(/declined/);
    expect(rig.authorisations.status(rig.authorisation()).signInFailure?.code).toBe('sign-in-refused');
  });

  test('a consent that has ended waits for a person, and one sign-in mends it', async () => {
    await rig.signIn();
    rig.clock.ahead = 3_590_000;
    provider.intercept = answer(400, {
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    });
    await expect(rig.token()).rejects.toMatchObject({ code: 'needs-authorising' });
    const asked = provider.calls.length;
    await expect(rig.token()).rejects.toMatchObject({ code: 'needs-authorising' });
    expect(await keptFailure()).toMatchObject({ mayPass: false });
    expect([rig.state(), provider.calls.length]).toEqual(['needs-authorising', asked]);
    provider.intercept = () => false;

    await rig.signIn();

    expect((await rig.token()).length).toBeGreaterThan(20);
    expect(rig.state()).toBe('authorised');
  });

  test('a replaced refresh token is durable before the token is used', async () => {
    await rig.signIn();
    rig.clock.ahead = 3_590_000;
    const [before] = await rig.store.read.selectFrom('authorisations').select('refresh_token').execute();

    await rig.token();

    const [after] = await rig.store.read.selectFrom('authorisations').select('refresh_token').execute();
    expect(after?.refresh_token).not.toBe(before?.refresh_token);
    expect(rig.settings.open(after?.refresh_token ?? '')).not.toBe(provider.calls.at(-1)?.get('refresh_token'));
  });
});

describe('a provider in trouble', () => {
  const types = ['entra', 'client-credentials'] as const;
  const cases = types.flatMap((type) => [
    { type, name: '429 without a body', reply: answer(429, {}, { 'retry-after': '30' }), code: 'provider-busy' },
    {
      type,
      name: '429 with an error in its body',
      reply: answer(429, { error: 'temporarily_unavailable', error_codes: [90055] }),
      code: 'provider-busy',
    },
    { type, name: '503 {}', reply: answer(503, {}), code: 'provider-busy' },
    { type, name: 'HTML 502', reply: answer(502, '<h1>Bad gateway</h1>'), code: 'provider-busy' },
    { type, name: 'HTML 200', reply: answer(200, '<h1>Welcome</h1>'), code: 'provider-bad-answer' },
    {
      type,
      name: 'an empty token',
      reply: answer(200, { token_type: 'Bearer', expires_in: 3600, access_token: '' }),
      code: 'provider-bad-answer',
    },
    { type, name: 'no token', reply: answer(200, {}), code: 'provider-bad-answer' },
    {
      type,
      name: 'an expired secret',
      reply: answer(401, { error: 'invalid_client', error_codes: [7000222], error_description: 'AADSTS7000222' }),
      code: 'authorisation-refused',
    },
    {
      type,
      name: 'a broken connection',
      reply: ((request) => {
        request.socket.destroy();
        return true;
      }) as IdentityProvider['intercept'],
      code: 'http-failed',
    },
  ]);

  test.each(cases)('$type: $name gives no token, and says what to do', async ({ type, reply, code }) => {
    await rig.add(rig.grant(type));
    provider.intercept = (request, response, form) => form.size > 0 && reply(request, response, form);

    const failure = await rig.token().catch((error: unknown) => error);

    expect(failure).toMatchObject({ code });
    expect(rig.state()).toBe('failing');
    expect(rig.warnings).toHaveLength(1);
    expect(JSON.stringify([failure, rig.warnings, String(failure)])).not.toContain(client.secret);
  });

  test.each(types)('%s: one that never answers is given up', async (type) => {
    await rig.close();
    rig = await openRig(provider, { timeoutMs: 500 });
    await rig.add(rig.grant(type));
    const hanging: (() => void)[] = [];
    provider.intercept = (_request, response, form) => {
      if (form.size > 0) hanging.push(() => response.destroy());
      return form.size > 0;
    };

    const failures = await Promise.allSettled([rig.token(), rig.token()]);
    for (const end of hanging) end();

    expect(failures).toMatchObject([{ reason: { code: 'http-timeout' } }, { reason: { code: 'http-timeout' } }]);
    expect(rig.state()).toBe('failing');
    expect(provider.calls.length).toBeLessThanOrEqual(1);
  });

  test('that says it is another one is shown no secret', async () => {
    const elsewhere = 'https://login.elsewhere.test';
    provider.intercept = (request, response) => {
      if (!request.url?.includes('openid-configuration')) return false;
      const said = { issuer: `${elsewhere}/v2.0`, authorization_endpoint: `${elsewhere}/auth`, jwks_uri: elsewhere };
      return answer(200, { ...said, token_endpoint: `${provider.url}/token` })(
        request,
        response,
        new URLSearchParams(),
      );
    };
    await rig.add(rig.grant('entra'));

    await expect(rig.token()).rejects.toMatchObject({ code: 'provider-bad-answer' });
    await expect(rig.authorisations.discover(provider.url, provider.ca)).rejects.toMatchObject({
      code: 'issuer-differs',
      message: expect.stringContaining('login.elsewhere.test'),
    });

    expect(provider.calls).toHaveLength(0);
  });

  test('whose answer to a sign-in comes from another one is not believed', async () => {
    await rig.add(rig.grant('authorization-code'));
    const { url } = await rig.authorisations.beginSignIn('mine', redirectUri);
    const back = await provider.signIn(url);
    back.searchParams.set('iss', 'https://login.elsewhere.test');

    const mixedUp = rig.authorisations.finishSignIn(back.searchParams.get('state') ?? '', back.searchParams);

    await expect(mixedUp).rejects.toMatchObject({ message: expect.stringMatching(/elsewhere|issuer/i) });
    expect(provider.calls).toHaveLength(0);
  });

  test.each([
    ['entra', { authority: 'http://login.example.test' }],
    ['client-credentials', { tokenUrl: 'http://login.example.test/token' }],
    ['authorization-code', { authUrl: 'http://login.example.test/auth' }],
  ] as const)('%s: secrets do not go to an address without TLS', (type, change) => {
    const grant = { ...rig.grant(type), secret: client.secret, ...change };
    const body = { name: 'Mine', provider: 'other' as const, grant };

    const store = () => storeAuthorisation('mine', body, undefined, rig.settings);

    expect(store).toThrowError(expect.objectContaining({ code: 'address-insecure' }));
  });

  test('is left alone for as long as it asks, then asked again', async () => {
    await rig.add(rig.grant('client-credentials'));
    provider.intercept = answer(429, {}, { 'retry-after': '120' });
    await expect(rig.token()).rejects.toMatchObject({ code: 'provider-busy' });
    expect(await keptFailure()).toMatchObject({ mayPass: true, since: expect.any(Number) });
    provider.intercept = () => false;
    rig.clock.ahead = 100_000;
    await expect(rig.token()).rejects.toMatchObject({ code: 'provider-busy' });
    expect(provider.calls).toHaveLength(1);

    rig.clock.ahead = 121_000;

    expect((await rig.token()).length).toBeGreaterThan(20);
    expect(rig.state()).toBe('authorised');
  });

  test('a wrong password is tried once and never again by itself, and stands in no message', async () => {
    await rig.add({ ...rig.grant('password'), password: rig.settings.seal('wrong-password') });
    const first = await rig.token().catch((error: unknown) => error);
    rig.clock.ahead = 86_400_000;

    await expect(rig.token()).rejects.toBe(first);

    expect(provider.calls).toHaveLength(1);
    expect(String(first)).not.toContain('wrong-password');
    expect(String(first)).not.toContain(person.password);
  });

  test('one on the internal network is reached only where an administrator allows it', async () => {
    await rig.add({ ...rig.grant('client-credentials'), tokenUrl: 'https://127.0.0.1:1/token' });

    await expect(rig.token()).rejects.toMatchObject({ code: 'address-refused' });
  });
});
