import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InteractionsPage } from '../../schemas/api/interactions.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { launchBrowser, patienceMs } from './browser.ts';
import { seriousFindings } from './support/accessibility.ts';
import { setUpAdministrator } from './support/people.ts';

let server: Server;
let sink: SmtpSink;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, sink, browser] = await Promise.all([startServer(), startSmtpSink(), launchBrowser()]);
  const relay = { type: 'smtp', name: 'relay', host: '127.0.0.1', port: sink.port, security: 'none' };
  await server.api('POST', '/api/outbound-mailboxes', relay);
  const desk = { address: 'desk@demo.test', name: 'Service desk', group: 'Support' };
  await server.api('POST', '/api/from-addresses', { id: 'desk', ...desk });
  await server.api('POST', '/api/from-addresses', {
    ...desk,
    id: 'billing',
    address: 'billing@demo.test',
    name: 'Bills',
  });
  await server.api('PATCH', '/api/routes/support', { from: 'desk', signature: 'The desk', history: true });
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1300, height: 1000 } });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await setUpAdministrator(page);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await sink.stop();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const text = () => page.getByRole('textbox', { name: 'Text' });

/** A mail that has come; its page is opened. */
async function openMail(subject: string): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  const mail = {
    from: 'Vera <vera@example.test>',
    to: 'support@demo.test',
    cc: 'kim@example.test',
    text: 'Where is it?',
  };
  await transport.sendMail({ ...mail, subject });
  transport.close();
  const found = async () => {
    const { items } = await server.api<InteractionsPage>('GET', '/api/interactions?state=queued');
    return items.find((item) => item.subject === subject)?.id ?? '';
  };
  await until('the mail is queued', async () => (await found()) !== '');
  const id = await found();
  await page.goto(`/interactions/${id}`);
  await button('Claim and reply').waitFor();
  return id;
}

test('a mail is claimed and answered by keyboard; the draft outlives a reload, and what was sent can be taken back', async () => {
  await openMail('Lamp');

  await page.keyboard.press('r');
  await text().waitFor();
  await expect.poll(() => text().evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('It comes tomorow.');
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await expect.poll(() => text().inputValue()).toBe('It comes tomorow.');
  await page.getByRole('combobox', { name: 'From' }).click();
  await page.getByRole('option', { name: /billing@demo\.test/ }).click();
  expect(await seriousFindings(page)).toEqual([]);
  await text().press('Control+Enter');
  await page.getByText(/leaves in \d s/).waitFor();
  await button('Undo').click();
  await expect.poll(() => text().inputValue()).toBe('It comes tomorow.');

  await page.locator('input[type=file]').setInputFiles({
    name: 'lamp.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('A lamp'),
  });
  await page.getByRole('list', { name: 'Files of the answer' }).getByText('lamp.txt').waitFor();
  await text().fill('It comes tomorrow.');
  await text().press('Control+Shift+Enter');

  const conversation = page.getByRole('list', { name: 'Mails of the conversation' });
  await conversation.getByText('took back an answer').waitFor();
  const answer = conversation.getByRole('listitem').filter({ hasText: 'Ada Lovelace answered' });
  await answer.getByText('sent', { exact: true }).waitFor();
  await answer.getByRole('button', { name: 'Show the text' }).click();
  await answer.getByText('It comes tomorrow.').waitFor();
  await page.getByText('done', { exact: true }).first().waitFor();
  const sent = sink.mails.filter(({ raw }) => raw.includes('tomorrow'));
  expect(sent.map(({ from, to }) => [from, to])).toEqual([['billing@demo.test', ['vera@example.test']]]);
  const mail = await simpleParser(sent[0]?.raw ?? '');
  expect(mail.text).toMatch(/^It comes tomorrow\.\n\n-- \nThe desk\n\nOn .* Vera wrote:\n> Where is it\?\s*$/);
  expect(mail.attachments.map(({ filename, content }) => [filename, `${content}`])).toEqual([['lamp.txt', 'A lamp']]);
  expect(sink.mails.some(({ raw }) => raw.includes('tomorow'))).toBe(false);
});

test('a reply to all goes on with its draft after Escape, and is thrown away only after a question', async () => {
  const id = await openMail('Chair');

  await button('Reply to all').click();
  await text().waitFor();
  await text().fill('Dear both');
  await text().press('Escape');
  await button('Go on with the draft').click();
  await page.getByText('kim@example.test', { exact: true }).last().waitFor();
  await button('Send').click({ trial: true });
  await button('Discard').click();
  const question = page.getByRole('dialog');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'hidden' });
  await expect.poll(() => text().inputValue()).toBe('Dear both');
  await button('Discard').click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await button('Reply').waitFor();

  await until('no draft is left', async () => {
    const { draft } = await server.api<{ draft: unknown }>('GET', `/api/interactions/${id}/reply`);
    return draft === null;
  });
  expect(sink.mails.some(({ raw }) => raw.includes('Dear both'))).toBe(false);
});
