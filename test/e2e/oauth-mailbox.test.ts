import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';
import { client, graphScope, type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser, patienceMs } from './browser.ts';

const admin = { name: 'Ada Lovelace', email: 'ada@demo.test', password: 'a long pass phrase' };
const microsoftUser = 'support@contoso.test';
/** Where pictures go, for whoever wants to look. */
const pictures = process.env.SLUICE_PICTURES;

let folder: string;
let provider: IdentityProvider;
let dovecot: Dovecot;
let graph: GraphServer;
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  const ports = { http: await freePort(), smtp: await freePort() };
  const redirectUri = `http://127.0.0.1:${ports.http}/api/authorisations/callback`;
  provider = await startIdentityProvider(folder, [redirectUri]);
  graph = await startGraph();
  graph.addUser(microsoftUser);
  // The provider's own tokens are opaque; Microsoft's tell for whom they are and what they allow.
  provider.intercept = (_request, response, form) => {
    if (form.get('scope') !== graphScope || form.get('client_secret') !== client.secret) return false;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: graph.token() }));
    return true;
  };
  const allow = [provider.url, graph.url].map((url) => new URL(url).host).join(',');
  [dovecot, server, browser] = await Promise.all([
    startDovecot({ introspectionUrl: provider.introspectionUrl }),
    startServer({ ports, env: { SLUICE_OUTGOING_ALLOW: allow } }),
    launchBrowser(),
  ]);
  await server.api('POST', '/api/setup', admin);
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1300, height: 900 },
    ignoreHTTPSErrors: true,
  });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await dovecot.stop();
  await provider.stop();
  await graph.stop();
  await rm(folder, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

test('a mailbox of a provider without passwords is connected from nothing to its first mail in a queue', async () => {
  await page.goto('/authorisations');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('No authorisation yet').waitFor();
  await picture('empty');
  await page.getByRole('link', { name: 'New authorisation' }).first().click();
  await page.getByText('APIs & Services').first().waitFor();
  await picture('new-google');

  await page.getByRole('combobox', { name: 'How' }).click();
  await page.getByRole('option', { name: 'Another provider', exact: true }).click();
  await page.getByLabel('Name').fill('Shop');
  await page.getByLabel('Private certificate authority').fill(provider.ca);
  await page.getByRole('textbox', { name: 'Provider' }).fill(provider.url);
  await page.getByRole('button', { name: 'Read the addresses' }).click();
  await expect.poll(() => page.getByLabel('Token address').inputValue()).toBe(provider.tokenUrl);
  await page.getByLabel('Client id').fill(client.clientId);
  await page.getByRole('textbox', { name: 'Client secret' }).fill(client.secret);
  await page.getByRole('textbox', { name: 'Scope' }).fill('openid mail offline_access');
  await picture('filled');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('needs authorising').waitFor();
  await picture('saved');
  await page.getByRole('button', { name: 'Authorise', exact: true }).click();
  await page.waitForURL((url) => url.origin === provider.url);
  await page.locator('input[name=login]').fill('anna');
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  await page.getByText('Continue').click();
  await page.getByText('authorised', { exact: true }).waitFor();
  await picture('authorised');

  await page.goto('/mailboxes/new');
  await page.getByLabel('Address').fill('anna@shop.test');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('anna');
  await page.getByRole('textbox', { name: 'User' }).fill('anna');
  await page.getByLabel('IMAP server').fill(dovecot.host);
  await page.getByRole('combobox', { name: 'Security' }).click();
  await page.getByRole('option', { name: /None/ }).click();
  await page.getByRole('textbox', { name: 'Port' }).fill(String(dovecot.ports.imap));
  await page.getByRole('combobox', { name: 'Sign in with' }).click();
  await page.getByRole('option', { name: /OAuth/ }).click();
  await page.getByRole('combobox', { name: 'Authorisation' }).click();
  await page.getByRole('option', { name: 'Shop' }).click();
  await page.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: 'Support', exact: true }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('anna is logged in.').waitFor();
  await picture('mailbox');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const card = page.getByRole('article', { name: 'anna' });
  await card.getByText('connected', { exact: true }).waitFor();
  await card.getByText('nothing behind').waitFor();
  await dovecot.deliver('anna', makeMail({ subject: 'First by token' }));
  await page.goto('/queues/general');

  await page.getByText('First by token').first().waitFor();
  await page.goto('/authorisations');
  await page.getByRole('cell', { name: 'anna', exact: true }).waitFor();
  const find = page.getByRole('textbox', { name: 'Find an authorisation' });
  await find.fill('berta');
  await page.getByText('Nothing of that name.').waitFor();
  await find.fill('Anna');
  await page.getByRole('cell', { name: 'anna', exact: true }).waitFor();
  await picture('list');
  expect(await server.api<object>('GET', '/api/authorisations').then(JSON.stringify)).not.toContain(client.secret);
});

test('a mailbox of Microsoft 365 is connected by Graph from nothing to its first mail in a queue', async () => {
  await page.goto('/authorisations');
  await page.getByRole('link', { name: 'New authorisation' }).first().click();
  await page.getByRole('combobox', { name: 'How' }).click();
  await page.getByRole('option', { name: 'Microsoft 365: application, Graph' }).click();
  await page.getByText('Mail.ReadWrite').first().waitFor();
  await page.getByLabel('Name').fill('Contoso');
  await page.getByLabel('Tenant').fill('contoso');
  const scope = page.getByRole('textbox', { name: 'Scope' });
  await page.getByRole('combobox', { name: 'Cloud' }).click();
  await page.getByRole('option', { name: 'US Government' }).click();
  await expect.poll(() => scope.inputValue()).toBe('https://graph.microsoft.us/.default');
  await page.getByRole('combobox', { name: 'Cloud' }).click();
  await page.getByRole('option', { name: 'Another address' }).click();
  await page.getByRole('textbox', { name: 'Address of the cloud' }).fill(provider.url);
  await page.getByLabel('Private certificate authority').fill(provider.ca);
  await page.getByLabel('Client id').fill(client.clientId);
  await page.getByRole('textbox', { name: 'Client secret' }).fill(client.secret);
  await scope.fill(graphScope);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByText('authorised', { exact: true }).waitFor();
  await picture('microsoft-authorised');

  await page.goto('/mailboxes/new');
  await page.getByRole('radiogroup', { name: 'Protocol' }).getByText('Microsoft Graph').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('contoso-support');
  await page.getByRole('textbox', { name: /^Address(?! of)/ }).fill(microsoftUser);
  await page.getByRole('textbox', { name: 'Mailbox' }).fill(microsoftUser);
  await page.getByRole('combobox', { name: 'Cloud' }).click();
  await page.getByRole('option', { name: 'Another address' }).click();
  await page.getByRole('textbox', { name: 'Address of the cloud' }).fill(graph.url);
  await page.getByRole('combobox', { name: 'Authorisation' }).click();
  await page.getByRole('option', { name: 'Contoso' }).click();
  await page.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: 'Support', exact: true }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page
    .getByText(/folders/i)
    .first()
    .waitFor();
  await picture('microsoft-mailbox');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('article', { name: 'contoso-support' }).getByText('connected', { exact: true }).waitFor();
  graph.deliver(microsoftUser, makeMail({ subject: 'First by Graph', to: microsoftUser }));
  await server.api('POST', '/api/mailboxes/contoso-support/look');
  await page.goto('/queues/general');

  await page.getByText('First by Graph').first().waitFor();
});
