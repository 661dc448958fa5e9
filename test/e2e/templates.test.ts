import { createTransport } from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Draft } from '../../schemas/api/flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Logic } from '../../schemas/logic.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';

let server: Server;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  ({ page, complaints } = await signedIn(browser, server));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function draft(id: string): Promise<Flow> {
  const answer = await page.request.get(`${server.url}/api/flows/${id}/draft`);
  return ((await answer.json()) as Draft).document as unknown as Flow;
}

async function open(id: string, part: Partial<Flow>): Promise<void> {
  const headers = { origin: server.url };
  await page.request.post(`${server.url}/api/flows`, { data: { id, name: id }, headers });
  const document = { ...(await draft(id)), ...part };
  await page.request.put(`${server.url}/api/flows/${id}/draft`, { data: { document }, headers });
  await page.goto(`/flows/${id}`);
}

test('whoever writes into a template before its editor has come goes on writing in it', async () => {
  const { inspector, select } = editorOn(page);
  const released = Promise.withResolvers<void>();
  await page.route(/CodeEditor/, async (route) => {
    await released.promise;
    await route.continue();
  });
  await open('early', {
    entry: 'ack',
    actions: { ack: { type: 'auto-response', name: 'Answer', settings: { subject: 'Re:', body: 'Hello' } } },
  });
  await select('ack');
  const body = inspector.getByRole('textbox', { name: 'Text', exact: true });

  await inspector.getByRole('button', { name: 'Insert a value into Subject' }).click();
  await page.getByRole('textbox', { name: 'Find a value' }).fill('email.subject');
  await page.getByRole('option').first().click();
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(', dear');
  await page.keyboard.press('Control+Space');
  released.resolve();
  await inspector.locator('.cm-editor.cm-focused').waitFor();
  await page
    .getByRole('option', { name: /email\.subject/ })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type(' customer');

  await expect
    .poll(async () => (await draft('early')).actions.ack?.settings)
    .toMatchObject({ subject: 'Re:{{ email.subject }}', body: 'Hello, dear customer' });
  await page.unroute(/CodeEditor/);
});

test('a template is completed by keys, marked where it is wrong, undone with all else, and previewed with a mail', async () => {
  const { inspector, select } = editorOn(page);
  await open('answer', {
    entry: 'ack',
    variables: [{ name: 'topic', type: 'string', initial: 'orders' }],
    actions: { ack: { type: 'auto-response', name: 'Answer', settings: { subject: 'Re:', body: 'Hello' } } },
  });
  await select('ack');
  const body = inspector.getByRole('textbox', { name: 'Text', exact: true });
  // Both fields: one that is loaded under the click takes no keys.
  await inspector.locator('.cm-editor').nth(1).waitFor();

  await body.click();
  // The editor that the click made, with the keyboard.
  await inspector.locator('.cm-editor.cm-focused').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' about {{top');
  await page.getByRole('option', { name: /flow\.topic/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type(', ');
  await page.keyboard.press('Control+Space');
  await page
    .getByRole('option', { name: /email\.subject/ })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await expect
    .poll(async () => (await draft('answer')).actions.ack?.settings)
    .toMatchObject({
      body: 'Hello about {{flow.topic }}, ',
    });

  await page.keyboard.type('{{ email.subjekt }}');
  await inspector.getByText('did you mean "email.subject"?').waitFor();
  await expect.poll(() => inspector.locator('.sluice-mark-error').innerText()).toBe('email.subjekt');
  await page.keyboard.press('Control+z');
  await expect.poll(() => body.innerText()).not.toContain('subjekt');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => body.innerText()).toContain('flow.topic');

  await inspector.getByRole('textbox', { name: 'HTML' }).fill('<p>{{ email.replyText }}</p>');
  await inspector.getByText('which a stranger wrote').waitFor();
  await inspector.getByRole('button', { name: 'Preview with a mail' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview' });
  await preview.getByLabel('topic (text)').fill('invoices');
  await preview.getByRole('region', { name: 'Text' }).getByText('about invoices').waitFor();
  const html = preview.getByRole('region', { name: 'HTML' }).locator('iframe').contentFrame();
  await html.getByText('my order has not arrived').waitFor();

  await sendMail(server, { subject: 'Broken lamp', text: 'The lamp came in two parts.' });
  await preview.getByRole('combobox', { name: 'Mail' }).click();
  await page.getByRole('option', { name: /Broken lamp/ }).click();
  await html.getByText('The lamp came in two parts.').waitFor();
});

async function sendMail({ ports }: Server, mail: { subject: string; text: string }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: ports.smtp, ignoreTLS: true });
  await transport.sendMail({ from: 'customer@example.test', to: 'support@demo.test', ...mail });
  transport.close();
}

test('a variable says where it is used, leads there, is renamed everywhere in one step, and asks before it goes', async () => {
  const { inspector, card, canvas } = editorOn(page);
  const uses: Logic = {
    and: [{ 'is-set': [{ var: 'flow.topic' }] }, { contains: [{ var: 'email.subject' }, { var: 'flow.topic' }] }],
  };
  await open('named', {
    entry: 'ask',
    variables: [{ name: 'topic', type: 'string', initial: 'x' }],
    actions: {
      ask: { type: 'decision', name: 'Topic?', settings: { condition: uses }, next: { yes: 'ack', no: 'ack' } },
      ack: { type: 'auto-response', name: 'Answer', settings: { subject: 'Re:', body: 'About {{ flow.topic }}' } },
    },
  });
  await card('ask').waitFor();

  const name = inspector.getByRole('textbox', { name: 'Name of variable 1' });
  await name.fill('subject area');
  await inspector.getByText('Letters, digits and underscores').waitFor();
  await name.fill('area');
  await name.press('Enter');
  await expect.poll(async () => JSON.stringify(await draft('named'))).not.toContain('topic');
  await inspector.getByText('Flow settings').click();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => JSON.stringify(await draft('named'))).not.toContain('area');

  await inspector.getByRole('button', { name: '2 uses of topic' }).click();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await inspector.getByText('About').waitFor();
  await canvas.click({ position: { x: 15, y: 15 } });
  await inspector.getByRole('combobox', { name: 'Type of variable 1' }).click();
  await page.getByRole('option', { name: 'list' }).click();
  await inspector.getByRole('combobox', { name: 'Start value of variable 1' }).fill('a');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await draft('named')).variables)
    .toEqual([{ name: 'topic', type: 'list', initial: ['a'] }]);
  await inspector.getByRole('button', { name: 'Remove variable 1' }).click();
  await page.getByRole('dialog').getByText('2 actions use it').waitFor();
  await page.getByRole('button', { name: 'Delete the variable' }).click();
  await expect.poll(async () => (await draft('named')).variables).toBeUndefined();
});
