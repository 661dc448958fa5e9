import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { client, type SignInProviderServer, startSignInProvider } from '../support/sign-in-provider.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { patienceMs } from './browser.ts';
import { setUpAdministrator } from './support/people.ts';
import { openWatchedContext, type WatchedContext } from './support/watched-context.ts';

/** Where pictures go, for whoever wants to look. */
const pictures = process.env.SLUICE_PICTURES;

let provider: SignInProviderServer;
let server: Server;
let watched: WatchedContext;
let page: Page;

beforeAll(async () => {
  const ports = { http: await freePort(), smtp: await freePort() };
  const own = `http://127.0.0.1:${ports.http}`;
  provider = await startSignInProvider({ redirectUri: `${own}/api/sign-in/callback`, leaveUri: `${own}/` });
  provider.people.set('ada', { email: 'ada@demo.test', email_verified: true, name: 'Ada', groups: ['admins'] });
  provider.people.set('pat', { email: 'pat@demo.test', email_verified: true, name: 'Pat Quinn', groups: ['support'] });
  provider.people.set('sam', { email: 'sam@demo.test', email_verified: true, name: 'Sam Reyes', groups: ['kitchen'] });
  server = await startServer({ ports, env: { SLUICE_OUTGOING_ALLOW: new URL(provider.url).host } });
  watched = await openWatchedContext(server.url);
  await stayHere(watched.context);
  page = await watched.context.newPage();
}, 120_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
  await provider?.stop();
});

test('an administrator sets a provider up, and people come in by it with the roles of their groups', async () => {
  await setUpAdministrator(page);
  await page.goto('/settings/sign-in');
  await page.getByText('No provider yet').waitFor();
  await page.getByRole('link', { name: 'Add a provider' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Another provider' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Contoso');
  await page.getByRole('textbox', { name: 'Issuer' }).fill(`${provider.url}/`);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('calls itself').waitFor();
  await page.getByRole('textbox', { name: 'Issuer' }).fill(provider.url);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('The provider answers').waitFor();
  await page.getByText(`${server.url}/api/sign-in/callback`).waitFor();
  await page.getByRole('textbox', { name: 'Client id' }).fill(client.clientId);
  await page.getByRole('textbox', { name: 'Client secret' }).fill(client.secret);
  await page.getByRole('textbox', { name: 'Scope' }).fill('openid profile email groups');
  await page.getByRole('switch', { name: /Make users of people/ }).click();
  await page.getByLabel('Domains of their addresses').first().fill('demo.test');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Claim that roles come from' }).fill('groups');
  await addRole(1, 'admins', 'Administrator');
  await addRole(2, 'support', 'Agent');
  await picture('provider');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'nobody yet' }).waitFor();
  await page.getByRole('switch', { name: 'People may sign in with a password' }).click();
  await page.getByRole('button', { name: 'Turn passwords off' }).click();
  await page.getByText('No administrator has signed in by a provider yet').waitFor();

  await signOut('Ada Lovelace');
  await picture('sign-in');
  await signInAs('ada', page);
  await page.waitForURL('**/settings/sign-in');
  await page.goto('/settings/users');
  const me = page.getByRole('row', { name: /Ada Lovelace/ });
  await me.getByText('Contoso, password').waitFor();
  await picture('users');
  await page.goto('/settings/sign-in');
  await page.getByRole('switch', { name: 'People may sign in with a password' }).click();
  await page.getByRole('button', { name: 'Turn passwords off' }).click();
  await expect
    .poll(() => page.getByRole('switch', { name: 'People may sign in with a password' }).isChecked())
    .toBe(false);

  const office = await newVisitor();
  await office.goto('/queues/general');
  await signInAs('pat', office);
  await office.waitForURL('**/queues/general');
  await office.getByText('Your menu: Pat Quinn').waitFor({ state: 'attached' });
  expect(await office.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  await office.goto('/settings/sign-in');
  await expect.poll(() => new URL(office.url()).pathname).toBe('/');
  expect(await office.evaluate(() => fetch('/api/sign-in-providers').then(({ status }) => status))).toBe(403);

  const kitchen = await newVisitor();
  await kitchen.goto('/');
  expect(await kitchen.getByRole('textbox', { name: 'Email' }).count()).toBe(0);
  await signInAs('sam', kitchen);
  await kitchen.getByText('none of your groups or roles').waitFor();
  await picture('refused', kitchen);

  await page.goto('/settings/audit');
  await page.getByText('Signed in by Contoso (made a user)').waitFor();
  expect(await page.content()).not.toContain(client.secret);

  await signOut('Ada Lovelace');
  expect(provider.calls).toContain('/session/end');
  expect(watched.complaints.filter((each) => /Content Security Policy|uncaught/.test(each))).toEqual([]);
}, 180_000);

async function addRole(number: number, value: string, role: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a value' }).click();
  await page.getByRole('textbox', { name: `Value ${number}` }).fill(value);
  await page.getByRole('combobox', { name: `Role of value ${number}` }).click();
  await page.getByRole('option', { name: role, exact: true }).click();
}

/** Ends at the sign-in page, by the provider's question where somebody signed in there. */
async function signOut(name: string): Promise<void> {
  await page.getByRole('button', { name: `Your menu: ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const yes = page.getByRole('button', { name: 'Yes, sign me out' });
  const here = page.getByRole('button', { name: 'Continue with Contoso' });
  await yes.or(here).waitFor();
  if (await yes.isVisible()) await yes.click();
  await here.waitFor();
}

async function signInAs(login: string, browserPage: Page): Promise<void> {
  await browserPage.getByRole('button', { name: 'Continue with Contoso' }).click();
  await browserPage.waitForURL((url) => url.origin === provider.url);
  await browserPage.locator('input[name=login]').fill(login);
  await browserPage.locator('input[name=password]').fill('anything');
  await browserPage.locator('button[type=submit]').click();
  await browserPage.getByText('Continue').click();
  await browserPage.waitForURL((url) => url.origin === server.url);
}

/** The provider's pages for developers want a font from elsewhere. */
async function stayHere(context: BrowserContext): Promise<void> {
  await context.route('https://**', (route) => route.abort());
}

async function newVisitor(): Promise<Page> {
  const context: BrowserContext | undefined = await watched.context.browser()?.newContext({ baseURL: server.url });
  if (context === undefined) throw new Error('The browser is gone');
  context.setDefaultTimeout(patienceMs);
  await stayHere(context);
  return await context.newPage();
}

async function picture(name: string, of: Page = page): Promise<void> {
  if (pictures !== undefined) await of.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
