import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTransport } from 'nodemailer';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMailbox } from '../support/add-mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { launchBrowser, patienceMs } from './browser.ts';

const admin = { name: 'Ada Lovelace', email: 'ada@demo.test', password: 'a long pass phrase' };

let dovecot: Dovecot;
let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let mailbox: string;

beforeAll(async () => {
  [server, dovecot, browser] = await Promise.all([startServer(), startDovecot(), launchBrowser()]);
  await server.api('POST', '/api/setup', admin);
  mailbox = await addMailbox(server, dovecot, 'anna');
  context = await browser.newContext({ baseURL: server.url, viewport: { width: 1300, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto('/');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await dovecot.stop();
});

async function send(from: string, subject: string, headers: Record<string, string> = {}): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({ from, to: 'support@demo.test', subject, text: 'Hello', headers });
  transport.close();
}

const ledger = () => page.getByRole('table', { name: 'Ledger' });
const stateOf = async (subject: string) => {
  const found = await server.api<{ items: { id: string; state: string }[] }>(
    'GET',
    `/api/interactions?search=${subject}`,
  );
  return found.items[0];
};
const untilState = (subject: string, state: string) =>
  until(`${subject} is ${state}`, async () => (await stateOf(subject))?.state === state);

test('filters are tried, saved, and hold mail back until somebody lets it through', async () => {
  await page.goto('/mailboxes/receiver');
  const filters = page.getByRole('region', { name: 'Filters' });
  await filters.getByRole('combobox', { name: 'Keep out' }).fill('spam.test');
  await filters.getByRole('combobox', { name: 'Keep out' }).press('Enter');
  await filters.getByRole('button', { name: 'Add words' }).click();
  await filters.getByRole('textbox', { name: 'Text 1' }).fill('lottery');
  await filters.getByRole('textbox', { name: 'Sender to try' }).fill('offers@spam.test');
  await filters.getByRole('button', { name: 'Try', exact: true }).click();
  await filters.getByText('It is kept out').waitFor();
  await filters.getByText(/"offers@spam.test" is on the block list/).waitFor();
  await filters.getByRole('textbox', { name: 'Sender to try' }).fill('vera@example.test');
  await filters.getByRole('button', { name: 'Try', exact: true }).click();
  await filters.getByText('It passes').waitFor();
  await filters.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  await send('offers@spam.test', 'Cheap');
  await send('anna@example.test', 'Lottery');
  await untilState('Cheap', 'skipped');
  await untilState('Lottery', 'skipped');
  await page.goto('/ledger?state=skipped');
  await ledger()
    .getByText(/"offers@spam.test" is on the block list/)
    .waitFor();
  const row = ledger().getByRole('row').filter({ hasText: 'offers@spam.test' });
  await row.getByRole('button', { name: 'Let through' }).click();
  await untilState('Cheap', 'queued');

  await page.goto(`/interactions/${(await stateOf('Lottery'))?.id}`);
  await page.getByRole('button', { name: 'Always allow this sender' }).click();
  await untilState('Lottery', 'queued');
  expect(await server.api('GET', '/api/mailboxes/receiver/filters')).toMatchObject({ allow: ['anna@example.test'] });
});

test('a stranger confirms by the button of the page, and opening it confirms nothing', async () => {
  const general = await server.api<{ rules: object }>('GET', '/api/filters');
  const rules = { ...general.rules, confirmStrangers: true };
  await server.api('PUT', '/api/filters', { rules, trustedServers: ['mx.demo.test'], confirmDays: 7 });
  const proved = { 'Authentication-Results': 'mx.demo.test; dmarc=pass header.from=new.test' };
  await send('stranger@new.test', 'Hello-there', proved);
  await untilState('Hello-there', 'held');
  const outbox = await server.api<{ items: { id: string; to: string }[] }>('GET', '/api/outbox');
  const asked = outbox.items.find(({ to }) => to === 'stranger@new.test');
  const { text } = await server.api<{ text: string }>('GET', `/api/outbox/${asked?.id}`);
  const link = /http:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '';

  const stranger = await browser.newPage();
  await stranger.goto(link);
  await stranger.getByRole('heading', { name: 'Did you write to us?' }).waitFor();
  const opened = (await stateOf('Hello-there'))?.state;
  await stranger.getByRole('button', { name: 'Yes, I wrote it' }).click();
  await stranger.getByRole('heading', { name: 'Thank you' }).waitFor();
  await untilState('Hello-there', 'queued');
  await stranger.close();

  expect(opened).toBe('held');
});

test('a mailbox is compared with its server, what is missing is taken, and the bell tells of it', async () => {
  await dovecot.deliver('anna', makeMail({ subject: 'Lost-and-found' }));
  await until('it is taken', async () => (await stateOf('Lost-and-found')) !== undefined);
  await page.goto(`/mailboxes/${mailbox}`);
  const comparisons = page.getByRole('region', { name: 'Compared with the server' });
  await comparisons.getByRole('button', { name: 'Compare now' }).click();
  await comparisons.getByText('All is there, once').waitFor();
  const id = (await stateOf('Lost-and-found'))?.id;
  const database = new DatabaseSync(join(server.folder, 'data', 'sluice.db'), { timeout: 5_000 });
  database.exec(`delete from outbox where interaction = '${id}'; delete from interactions where id = '${id}';
    delete from ledger where interaction = '${id}'`);
  database.close();

  await comparisons.getByRole('button', { name: 'Compare now' }).click();
  await comparisons.getByText('1 of 1 missing taken').waitFor();
  await page.getByRole('link', { name: 'Alarms: 1 open' }).click();
  await page
    .getByRole('list', { name: 'Open alarms' })
    .getByText(/1 mails were missing here/)
    .waitFor();
  await page.getByRole('button', { name: 'I look after it' }).click();
  await page.getByText('Ada Lovelace looks after it').waitFor();
  await page.goto(`/mailboxes/${mailbox}`);
  await page.getByRole('img', { name: /mails in the last hour/ }).waitFor();
});
