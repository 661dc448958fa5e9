import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainView } from '../../schemas/api/domains.ts';
import type { OutboxDetail, OutboxPage } from '../../schemas/api/outbox.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { launchBrowser, patienceMs } from './browser.ts';
import { goTo, setUpAdministrator } from './support/people.ts';

let dns: DnsServer;
let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  dns = await startDnsServer();
  [server, browser] = await Promise.all([startServer({ env: { SLUICE_DNS_SERVERS: dns.address } }), launchBrowser()]);
  context = await browser.newContext({ baseURL: server.url, viewport: { width: 1300, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await setUpAdministrator(page);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await dns.stop();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('a domain is added, its records published and seen, and an address of it may be written from', async () => {
  const dialog = page.getByRole('dialog');
  await goTo(page, 'Domains');
  await button('Add a domain').click();
  await dialog.getByRole('textbox', { name: 'Domain' }).fill('Shop.com');
  await button('Add').click();
  await page.getByRole('heading', { level: 1, name: 'shop.com' }).waitFor();
  const dkim = page.getByRole('listitem', { name: /^DKIM/ });
  await expect.poll(() => dkim.locator('code, pre').count()).toBeGreaterThan(1);
  const [name = '', value = ''] = await dkim.locator('code, pre').allInnerTexts();
  dns.texts.set(name, [value]);
  dns.texts.set('shop.com', ['v=spf1 +all']);

  await goTo(page, 'From addresses');
  await button('Add an address').first().click();
  await dialog.getByRole('textbox', { name: 'Address' }).fill('care@shop.com');
  await page.getByText('shop.com is not verified').waitFor();
  await expect.poll(() => button('Add').isDisabled()).toBe(true);
  await page.getByRole('link', { name: 'Go to the domains' }).click();
  const find = page.getByRole('textbox', { name: 'Find a domain' });
  await find.fill('Elsewhere');
  await page.getByText('Nothing of that name.').waitFor();
  await find.fill('SHOP');
  await page.getByRole('link', { name: 'demo.test' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'shop.com' }).click();
  await button('Check now').click();
  await page.getByText('verified', { exact: true }).waitFor();
  await dkim.getByText('found', { exact: true }).waitFor();
  await page.getByRole('listitem', { name: 'DMARC' }).getByText('missing', { exact: true }).waitFor();
  await page.getByRole('listitem', { name: 'SPF' }).getByText('It allows everybody', { exact: false }).waitFor();
  await button('Make a new key').click();
  await page.getByText('record not seen yet').waitFor();

  const { items } = await server.api<{ items: DomainView[] }>('GET', '/api/domains');
  expect(items.find((domain) => domain.name === 'shop.com')).toMatchObject({
    verified: true,
    dkim: [{ signs: true }, { signs: false, seenAt: null }],
  });
  await goTo(page, 'From addresses');
  await button('Add an address').first().click();
  await dialog.getByRole('textbox', { name: 'Address' }).fill('care@shop.com');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Shop care');
  await dialog.getByLabel('Group').fill('Shop');
  await button('Add').click();
  await page.getByRole('region', { name: 'Shop' }).getByText('care@shop.com').waitFor();
});

test('a route is drawn up, explained, moved by keys and by mouse, switched off, and mail follows it', async () => {
  await goTo(page, 'Routes');
  await page.getByRole('link', { name: 'New route' }).click();
  await page.getByRole('textbox', { name: 'Mail to' }).fill('orders at demo');
  await page.getByText('is neither an address').waitFor();
  await page.getByRole('textbox', { name: 'Mail to' }).fill('orders@demo.test');
  await page.getByRole('combobox', { name: 'Flow', exact: true }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('combobox', { name: 'From', exact: true }).click();
  await page.getByRole('option', { name: /care@shop\.com/ }).click();
  await page.getByLabel('Signature').fill('The order desk');
  await button('Add the route').click();
  const table = page.getByRole('table', { name: 'Routes' });
  await table.getByRole('link', { name: 'orders@demo.test' }).waitFor();
  await goTo(page, 'From addresses');
  await page.getByRole('row', { name: 'care@shop.com' }).getByText('route orders@demo.test').first().waitFor();
  await goTo(page, 'Routes');

  await page.getByLabel('Which route would take an address?').fill('Orders+7@Demo.test');
  const ranking = page.getByRole('list', { name: 'Routes that fit' });
  await ranking.getByText('a plus-address of orders@demo.test', { exact: false }).waitFor();

  const names = () => table.getByRole('row').getByRole('link').allInnerTexts();
  await expect.poll(names).toEqual(['support@demo.test', 'orders@demo.test']);
  const handle = (of: string) => page.getByRole('button', { name: new RegExp(`^Move ${of}`) });
  await handle('orders@demo.test').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(names).toEqual(['orders@demo.test', 'support@demo.test']);
  await handle('orders@demo.test').dragTo(table.getByRole('row').nth(2));
  await expect.poll(names).toEqual(['support@demo.test', 'orders@demo.test']);

  await server.api('POST', '/api/test-mail', { to: 'orders+7@demo.test', subject: 'My order' });
  await until('the answer is captured', async () => {
    const { items } = await server.api<OutboxPage>('GET', '/api/outbox');
    return items.some(({ state, subject }) => state === 'captured' && subject.includes('My order'));
  });
  const { items } = await server.api<OutboxPage>('GET', '/api/outbox');
  const answer = await server.api<OutboxDetail>('GET', `/api/outbox/${items[0]?.id}`);
  expect(answer).toMatchObject({ from: 'care@shop.com', text: expect.stringContaining('-- \nThe order desk') });

  const isOn = page.getByRole('switch', { name: 'orders@demo.test is on' });
  await isOn.locator('..').click();
  await page.getByText('No route takes', { exact: false }).waitFor();
  await button('What to do with orders@demo.test').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await button('Delete the route').click();
  await expect.poll(names).toEqual(['support@demo.test']);
});
