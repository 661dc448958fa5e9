import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { launchBrowser, patienceMs } from './browser.ts';
import { sendSampleMails } from './sample-mails.ts';
import { signIn } from './shots/desk/people.ts';

const admin = { name: 'Ada Lovelace', email: 'ada@demo.test', password: 'a long pass phrase' };
const viewer = { name: 'Vera Viewer', email: 'vera@demo.test', password: 'another pass phrase', role: 'viewer' };

let server: Server;
let browser: Browser;
/** Where the administrator has signed in. */
let desk: BrowserContext;
/** Of a test that is somebody else's, or changes who sits there. */
let away: BrowserContext | undefined;
let page: Page;
/** Requests to anywhere but the server, and errors of the page: there must be none. */
let strange: string[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  await server.api('POST', '/api/setup', admin);
  await server.api('POST', '/api/users', viewer);
  await sendSampleMails({ host: '127.0.0.1', port: server.ports.smtp }, 'support@demo.test');
  desk = await newContext();
  await signIn(desk, server.url, admin);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

beforeEach(() => {
  strange = [];
});
afterEach(async () => {
  await page.close();
  await away?.close();
  away = undefined;
  expect(strange).toEqual([]);
});

function newContext(): Promise<BrowserContext> {
  return browser.newContext({ baseURL: server.url, viewport: { width: 1300, height: 900 } });
}

/** A page that keeps what is strange about it. */
async function newPage(context: BrowserContext): Promise<void> {
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) strange.push(request.url());
  });
  page.on('pageerror', (error) => strange.push(String(error.stack)));
  page.on('console', (message) => {
    if (/Content Security Policy|is not a valid|unique "key"/.test(message.text())) strange.push(message.text());
  });
  page.on('dialog', (dialog) => strange.push(`dialog: ${dialog.message()}`));
}

/** Opens a page of the administrator's. */
async function open(path: string): Promise<void> {
  await newPage(desk);
  await page.goto(path);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** Opens `path` in a browser of its own, which asks for a session first and is still the address afterwards. */
async function signInAt(path: string, user: { email: string; password: string }): Promise<void> {
  away = await newContext();
  await newPage(away);
  await page.goto(path);
  await page.getByLabel('Email').fill(user.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

test('a test mail appears in the list without reloading, with the queue that the flow chose', async () => {
  await open('/');
  await page.getByText('Live', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'An urgent one' }).click();

  const mail = page.getByRole('list', { name: 'Newest mails' }).getByRole('link', { name: /Nobody can sign in.*Vera/ });
  await mail.first().getByText('Priority support · priority 10').waitFor();
});

test('the page of a mail shows the run on the version that ran and why each decision fell', async () => {
  await open('/interactions?search=URGENT');
  await page.getByRole('link', { name: '[URGENT] Nobody can sign in' }).last().click();

  await page.getByRole('button', { name: /Urgent\?.*yes/ }).click();

  await page.getByText('To Priority support with priority 10').waitFor();
  await page
    .getByLabel(/The way of the mail through/)
    .first()
    .waitFor();
  const why = page.getByRole('list', { name: 'Steps' }).getByRole('listitem').filter({ hasText: 'Urgent?' });
  await why.getByText(/subject contains “\[URGENT\]”/).waitFor();
});

test('hostile HTML neither runs nor loads anything, and what was blocked is counted', async () => {
  await open('/interactions?search=Spring');
  await page.getByRole('link', { name: /Spring offers/ }).click();

  await page.getByRole('tab', { name: 'HTML' }).click();

  await page.getByText(/3 remote items were not loaded/).waitFor();
  const frame = page.frameLocator('iframe[title="The mail as HTML"]');
  await frame.getByRole('heading', { name: 'Spring offers' }).waitFor();
  expect(await frame.locator('script, form, input, [onclick], img[src^="http"]').count()).toBe(0);
  expect(await frame.locator('a[href^="javascript"]').count()).toBe(0);
  expect(await frame.getByRole('link', { name: 'To the shop' }).getAttribute('rel')).toContain('noopener');
  expect(await page.title()).toBe('Spring offers: up to 40 % off · Sluice');
  // Chromium reports the handler while the mail is parsed to be cleaned, in a document that nobody ever sees.
  strange = strange.filter((text) => !text.startsWith('Executing inline event handler'));
});

test('names and subjects with markup are text', async () => {
  await open('/interactions?search=onerror');

  await page.getByRole('link', { name: '<img src=x onerror=alert(1)> <b>bold</b> {{ interaction.id }}' }).click();

  await page.getByRole('heading', { level: 1, name: /<img src=x/ }).waitFor();
  await page.getByText('<script>alert(1)</script>').first().waitFor();
});

test('a quarantined mail is routed by hand', async () => {
  await open('/interactions?state=quarantined');
  await page.getByRole('table', { name: 'Interactions' }).getByRole('link').first().click();

  await page.getByRole('button', { name: 'Route by hand' }).click();
  const dialog = page.getByRole('dialog', { name: 'Route by hand' });
  await dialog.getByRole('combobox', { name: 'Queue' }).click();
  await page.getByRole('option', { name: 'Billing' }).click();
  await dialog.getByRole('button', { name: 'Route' }).click();

  await page.getByText('Billing · priority 0').first().waitFor();
  await page.getByRole('button', { name: 'Claim' }).waitFor();
});

test('claim next, release and finish, from the queue', async () => {
  await open('/queues/general');
  const waiting = page.getByRole('table', { name: /Waiting mails/ });
  const first = await waiting.getByRole('link').first().innerText();

  await page.getByRole('button', { name: 'Claim next' }).click();
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await page.getByRole('link', { name: 'Queues' }).first().click();
  await page.getByRole('link', { name: 'General support' }).click();
  const claimed = page.getByRole('table', { name: 'Claimed mails' });
  await claimed.getByRole('button', { name: `Release: ${first}` }).click();
  await claimed.waitFor({ state: 'detached' });
  await waiting.getByRole('button', { name: `Claim: ${first}` }).click();
  await claimed.getByRole('button', { name: `Finish: ${first}` }).click();

  await claimed.waitFor({ state: 'detached' });
  await waiting.getByRole('link', { name: first, exact: true }).waitFor({ state: 'detached' });
});

test('what the guard withheld says why in the outbox', async () => {
  await open('/outbox?state=withheld');

  await page.getByRole('link', { name: /Re: Spring offers/ }).click();

  const drawer = page.getByRole('dialog');
  await drawer.getByText(/must not be answered by a machine/).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?state=withheld');
});

test('an answer is found in the outbox by its subject or recipient, by the keyboard alone', async () => {
  await open('/outbox');
  const rows = page.getByRole('table', { name: 'Outbox' }).getByRole('link');
  await expect.poll(() => rows.count()).toBeGreaterThan(1);

  await page.keyboard.press('/');
  await page.keyboard.type('spring OFFERS');
  await expect.poll(() => rows.allTextContents()).toEqual(['Re: Spring offers: up to 40 % off']);
  await rows.first().click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const found = new URL(page.url()).search;
  await page.getByText('sent', { exact: true }).first().click();
  const nothing = page.getByText('No answer matches');
  await nothing.waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();

  await nothing.waitFor({ state: 'detached' });
  await expect.poll(() => rows.count()).toBeGreaterThan(1);
  expect(found).toBe('?search=spring+OFFERS');
  expect(await page.getByRole('textbox', { name: 'Search subject and recipient' }).inputValue()).toBe('');
});

test('showing all mails again empties the search', async () => {
  await open('/interactions');
  const search = page.getByRole('textbox', { name: 'Search subject and sender' });
  await search.fill('no such words');
  await page.getByText('No mail matches').waitFor();

  await page.getByRole('button', { name: 'Show all' }).click();

  await page.getByRole('table', { name: 'Interactions' }).waitFor();
  expect(await search.inputValue()).toBe('');
});

test('the ledger filters by its counts', async () => {
  await open('/ledger');

  await page.getByRole('button', { name: /disconnected/ }).click();

  await page.getByText('1 message shown', { exact: true }).waitFor();
  await expect.poll(() => page.getByRole('table', { name: 'Ledger' }).getByText('automatic reply').count()).toBe(1);
});

test('a mailbox whose server is away is connected after Verify said so, and its card says what is wrong', async () => {
  await open('/mailboxes/new');
  await page.getByLabel('Address').fill('support@away.test');
  await page.getByLabel('IMAP server').fill('127.0.0.1');
  await page.getByRole('combobox', { name: 'Security' }).click();
  await page.getByRole('option', { name: /None/ }).click();
  await page.getByRole('textbox', { name: 'Port' }).fill('9');
  await page.getByRole('textbox', { name: 'Password' }).fill('secret of the mailbox');
  await expect.poll(() => page.getByLabel('User').inputValue()).toBe('support@away.test');

  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByLabel('failed').first().waitFor();
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('button', { name: 'Connect anyway' }).click();

  const card = page.getByRole('article', { name: 'support@away.test' });
  await card.getByText('It takes no mail yet').waitFor();
  await card.getByRole('button', { name: /What to do/ }).click();
  await page.getByRole('menuitem', { name: 'Switch on' }).click();
  await card.getByText(/retrying|failed/).waitFor();
  await card
    .getByText(/127\.0\.0\.1/)
    .first()
    .waitFor();
  expect(await page.content()).not.toContain('secret of the mailbox');

  await card.getByRole('button', { name: /What to do/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Switch it off' }).click();
  await card.getByText('switched off', { exact: true }).waitFor();
  await card.getByRole('button', { name: /What to do/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the mailbox' }).click();
  await card.waitFor({ state: 'detached' });
});

test('a POP3 mailbox is connected from nothing to its first mail in a queue', async () => {
  const dovecot = await startDovecot();
  try {
    await dovecot.deliver('pop@shop.test', makeMail({ subject: 'Here before' }));
    await open('/mailboxes/new');
    await page.getByText('IMAP', { exact: true }).click();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Address').fill('pop@shop.test');
    await page.getByLabel('POP3 server').fill(dovecot.host);
    const port = page.getByRole('textbox', { name: 'Port' });
    const ports = [await port.inputValue()];
    await page.getByRole('combobox', { name: 'Security' }).click();
    await page.getByRole('option', { name: /None/ }).click();
    ports.push(await port.inputValue());
    await port.fill(String(dovecot.ports.pop3));
    await page.getByRole('textbox', { name: 'Password' }).fill('not it');
    await page.getByRole('combobox', { name: 'Mails that were taken' }).click();
    await page.getByRole('option', { name: 'Delete them at once' }).click();
    await page.getByRole('combobox', { name: 'Flow' }).click();
    await page.getByRole('option', { name: 'Support', exact: true }).click();

    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/Check the user name and the password/).waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(dovecot.password);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('1 mail is there.').waitFor();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();

    const card = page.getByRole('article', { name: 'pop@shop.test' });
    await card.getByText('connected', { exact: true }).waitFor();
    await card.getByRole('button', { name: /^Details of/ }).click();
    await card.getByText('deleted once taken').waitFor();
    await card.getByText('nothing behind').waitFor();
    await dovecot.deliver('pop@shop.test', makeMail({ subject: 'First by POP3' }));
    await card.getByRole('button', { name: /What to do/ }).click();
    // Who leaves the page at once takes the question back.
    const asked = page.waitForResponse(/\/look$/);
    await page.getByRole('menuitem', { name: 'Look for mail now' }).click();
    await asked;
    await page.goto('/queues/general');
    await page.getByText('First by POP3').first().waitFor();

    const left = async () => await dovecot.fetch('pop@shop.test', 'INBOX', ['hdr.subject']);
    await until('deleted on the server', async () => (await left()).length === 1);
    expect(JSON.stringify(await left())).toContain('Here before');
    expect(ports).toEqual(['995', '110']);
    expect(await page.getByText('Here before').count()).toBe(0);
  } finally {
    await dovecot.stop();
  }
});

test('a token is shown once', async () => {
  await open('/settings/tokens');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a token' });
  await dialog.getByLabel('Name').fill('nightly script');
  await dialog.getByRole('button', { name: 'Make' }).click();

  const token = await dialog.getByText(/^sluice_/).innerText();
  const answer = await fetch(`${server.url}/api/queues`, { headers: { authorization: `Bearer ${token}` } });
  await dialog.getByRole('button', { name: 'I have it' }).click();

  await page.getByRole('cell', { name: 'nightly script', exact: true }).waitFor();
  await dialog.waitFor({ state: 'detached' });
  expect(answer.status).toBe(200);
  expect(await page.content()).not.toContain(token);
});

test('leaving a form with edits asks first', async () => {
  await open('/settings/limits');
  const hosts = page.getByRole('combobox', { name: 'Allowed hosts' });
  await hosts.fill('inner.test:8080');
  await hosts.press('Enter');

  await page.getByRole('link', { name: 'Queues' }).click();
  await page.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByText('Saved').waitFor();
  expect(await server.api('GET', '/api/settings')).toMatchObject({
    outgoingAllow: ['inner.test:8080'],
  });
});

test('a viewer sees everything that is not settings, and no button that would be refused', async () => {
  await signInAt('/queues/general', viewer);
  await page.getByRole('table', { name: /Waiting mails/ }).waitFor();

  const buttons = await page.getByRole('button', { name: /Claim|New|delete/i }).count();
  const settings = await page.getByRole('link', { name: 'Settings' }).count();

  expect([buttons, settings]).toEqual([0, 0]);
});

test('signing out leads to the sign-in page, where nothing is left of what was said, and a wrong password says so', async () => {
  await signInAt('/queues/general', admin);
  await page.getByRole('button', { name: 'Change or delete the queue' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the queue', exact: true }).click();
  const refusal = page.getByRole('alert').getByText('Not deleted');
  await refusal.waitFor();

  await page.getByRole('button', { name: /Your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await page.getByLabel('Email').fill(admin.email);
  await refusal.waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Password' }).fill('not the pass phrase');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.getByRole('alert').getByText('The email address or the password is not right.').waitFor();
});

test('the keyboard reaches the content at once, and the chosen colours stay', async () => {
  await signInAt('/ledger', admin);
  await page.getByRole('button', { name: /Your menu/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();

  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('Enter');

  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
});
