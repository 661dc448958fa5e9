import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { providerOf } from '../sign-in/provider-of.ts';
import { freePort } from '../support/free-port.ts';
import { client, type SignInProviderServer, startSignInProvider } from '../support/sign-in-provider.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { patienceMs } from './browser.ts';
import { setUpAdministrator } from './support/people.ts';
import { openWatchedContext, type WatchedContext } from './support/watched-context.ts';

// A provider in trouble is told in words, and holds up nobody who comes with a password.

const password = { email: 'ada@demo.test', text: 'a long pass phrase' };

let folder: string;
let provider: SignInProviderServer;
let server: Server;
let watched: WatchedContext;
let page: Page;

beforeAll(async () => {
  const ports = { http: await freePort(), smtp: await freePort() };
  const own = `http://127.0.0.1:${ports.http}`;
  provider = await startSignInProvider({ redirectUri: `${own}/api/sign-in/callback`, leaveUri: `${own}/` });
  provider.people.set('pat', { email: 'pat@demo.test', email_verified: true, name: 'Pat Quinn' });
  folder = await mkdtemp(join(tmpdir(), 'sluice-sign-in-troubles-'));
  server = await start(ports);
  watched = await openWatchedContext(server.url);
  const administrator = await watched.context.newPage();
  await setUpAdministrator(administrator);
  await administrator.close();
  const { id: _, ...entered } = providerOf({ name: 'Contoso', issuer: provider.url, clientId: client.clientId });
  await server.api('POST', '/api/sign-in-providers', { ...entered, secret: client.secret });
  await server.api('POST', '/api/users', { email: 'pat@demo.test', name: 'Pat Quinn', role: 'viewer' });
  await watched.context.clearCookies();
}, 180_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
  await provider?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

afterEach(async () => {
  provider.intercept = () => false;
  await page?.close();
  await watched.context.clearCookies();
  // A refusal is a 403, which Chromium writes to the console.
  expect(watched.complaints.splice(0).filter((each) => /Content Security Policy|uncaught/.test(each))).toEqual([]);
});

test('a provider that hangs when somebody begins: others come in by password meanwhile, and so does whoever waited', async () => {
  await restart();
  provider.intercept = ({ url }) => url?.includes('openid-configuration') === true;
  page = await watched.context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: 'Continue with Contoso' }).click();

  const startedAt = performance.now();
  const answer = await signInByPassword();
  const tookMs = performance.now() - startedAt;
  await page.getByText('The provider cannot be reached at the moment').waitFor();
  await comeInByPassword();

  expect(answer).toBe(200);
  expect(tookMs).toBeLessThan(5_000);
});

test('a provider that hangs once somebody comes back from it', async () => {
  page = await comeBackWhile(({ url }) => url === '/token');

  await page.getByText('The provider cannot be reached at the moment').waitFor();
  await comeInByPassword();
});

test('a provider that is gone once somebody comes back from it', async () => {
  page = await comeBackWhile(({ url }, response) => url === '/token' && response.destroy() !== undefined);

  await page.getByText('The provider cannot be reached at the moment').waitFor();
  await comeInByPassword();
});

test('a provider that calls itself by another name than it was set up with', async () => {
  await restart();
  provider.intercept = ({ url }, response) => {
    if (url?.includes('openid-configuration') !== true) return false;
    response.setHeader('content-type', 'application/json');
    const [issuer, own] = ['https://login.example.test', provider.url];
    const addresses = {
      authorization_endpoint: `${own}/auth`,
      token_endpoint: `${own}/token`,
      jwks_uri: `${own}/jwks`,
    };
    response.end(JSON.stringify({ issuer, ...addresses }));
    return true;
  };
  page = await watched.context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: 'Continue with Contoso' }).click();

  await page.getByText('The provider does not accept how Sluice is set up there').waitFor();
  await comeInByPassword();
});

test('a provider that nobody can reach from their browser: whoever goes back finds the page as it was', async () => {
  page = await watched.context.newPage();
  let isOnTheWay = false;
  await page.route(`${provider.url}/auth?*`, (route) => {
    isOnTheWay = true;
    return route.abort('aborted');
  });
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Continue with Contoso' });
  await button.click();
  await until('the browser is on its way', () => isOnTheWay);
  const before = await button.isEnabled();

  // As a browser does that kept the page, which this one is told not to do.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

  await expect.poll(() => button.isEnabled()).toBe(true);
  expect(before).toBe(false);
});

test('a server that is started anew while somebody is on the way', async () => {
  page = await comeBackWhile(() => false, restart);

  await page.getByText('Sluice was started anew').waitFor();
  await comeInByPassword();
});

/** Signs in at the provider, which is in that trouble from the moment when it sends the browser back. */
async function comeBackWhile(
  intercept: SignInProviderServer['intercept'],
  meanwhile: () => Promise<void> | void = () => {},
): Promise<Page> {
  const visitor = await watched.context.newPage();
  await visitor.goto('/');
  await visitor.getByRole('button', { name: 'Continue with Contoso' }).click();
  await visitor.waitForURL((url) => url.origin === provider.url);
  await visitor.locator('input[name=login]').fill('pat');
  await visitor.locator('input[name=password]').fill('anything');
  await visitor.locator('button[type=submit]').click();
  await visitor.getByText('Continue').waitFor();
  await meanwhile();
  provider.intercept = intercept;
  await visitor.getByText('Continue').click();
  return visitor;
}

async function signInByPassword(): Promise<number> {
  const { status } = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: password.email, password: password.text }),
  });
  return status;
}

async function comeInByPassword(): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(password.email);
  await page.getByLabel('Password').first().fill(password.text);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Your menu: Ada Lovelace' }).waitFor({ timeout: patienceMs });
}

/** What the server knows of a provider ends with it, and so does what was begun. */
async function restart(): Promise<void> {
  await server.stop();
  server = await start(server.ports);
}

function start(ports: Server['ports']): Promise<Server> {
  const env = { SLUICE_OUTGOING_ALLOW: new URL(provider.url).host };
  return startServer({ folder, ports, env });
}
