import nodemailer from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { FlowVersion } from '../../schemas/api/flows.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { launchBrowser } from './browser.ts';
import { signedIn } from './editor-page.ts';
import { untilDrawn } from './support/drawn-flow.ts';

let server: Server;
let browser: Browser;
let page: Page;
let complaints: string[];

const subjects = ['[URGENT] The shop is down', 'Invoice 4711', 'Invoice 4712', 'Hello', 'Good day'];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  ({ page, complaints } = await signedIn(browser, server));
  await deliver();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function deliver(given: readonly string[] = subjects): Promise<void> {
  const before = await queued();
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  const to = 'support@demo.test';
  for (const [index, subject] of given.entries()) {
    const from = `customer-${index}@example.test`;
    await transport.sendMail({ envelope: { from, to: [to] }, raw: makeMail({ from, to, subject }) });
  }
  transport.close();
  await until('the mails are queued', async () => (await queued()) === before + given.length);
}

async function queued(): Promise<number> {
  const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
  return counts.queued ?? 0;
}

/** The person's own draft: invoices count as urgent, too, and nobody is answered in those words any more. */
async function saveDraft(): Promise<void> {
  const { document } = await server.api<FlowVersion>('GET', '/api/flows/support');
  const urgent = document.actions.urgent;
  if (urgent?.type !== 'decision') throw new Error('the sample flow asks whether a mail is urgent');
  const condition = { or: [urgent.settings.condition, { contains: [{ var: 'email.subject' }, 'Invoice'] }] };
  const changed = { ...document, actions: { ...document.actions, urgent: { ...urgent, settings: { condition } } } };
  await page.request.put(`${server.url}/api/flows/support/draft`, {
    data: { document: changed },
    headers: { origin: server.url },
  });
}

it('without a draft the page says what it is for, and where to begin', async () => {
  await page.goto('/flows/support');
  await untilDrawn(page);
  await page.getByRole('application', { name: 'Flow Support' }).press('Shift+B');

  await page.getByText('There is no draft yet').waitFor();
  await page.getByRole('link', { name: 'The flow' }).click();
  await page.getByRole('application', { name: 'Flow Support' }).waitFor();
});

it('shows how many mails would end elsewhere, from where to where, and each with both its ways', async () => {
  await saveDraft();
  await page.goto('/flows/support/backtest');
  await page.getByText('What would your draft do to real mail?').waitFor();
  await page.getByRole('button', { name: 'Run the backtest' }).press('Enter');

  await page.getByRole('status').getByText('3 of 5 mails end the same; 2 would end elsewhere.').waitFor();
  const matrix = page.getByRole('table', { name: 'Mails by ending before and ending in the draft' });
  await matrix.getByRole('button', { name: '2 mails from General support to Priority support' }).press('Enter');
  const mails = page.getByRole('table', { name: 'Mails', exact: true });
  await expect.poll(() => mails.getByRole('row').count()).toBe(3);
  await mails.getByRole('button', { name: 'Invoice 4712' }).press('Enter');

  const both = page.getByRole('dialog', { name: 'Invoice 4712' });
  await both.getByText('At “Urgent?”: “no” before, “yes” in the draft.').waitFor();
  await both.getByRole('region', { name: 'As it ran' }).getByText('Waits in General support, priority 0').waitFor();
  const draft = both.getByRole('region', { name: 'Your draft' });
  await draft.getByText('Waits in Priority support, priority 10').waitFor();
  await expect
    .poll(() => both.locator('[data-mark]').allInnerTexts())
    .toEqual([expect.stringContaining('Urgent?'), expect.stringContaining('Urgent?')]);
  const [trial] = await Promise.all([
    page.context().waitForEvent('page'),
    both.getByRole('link', { name: 'Open in Try' }).click(),
  ]);
  const panel = trial.getByRole('region', { name: 'Try the flow' });
  await panel.getByText('Step 2 of 4').waitFor();
  await trial.locator('.react-flow__node [data-current]').getByText('Urgent?').waitFor();
  await panel.getByText('“Invoice 4712”').first().waitFor();
  await trial.close();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: 'Invoice 4711' }).getByText('2 of 2').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: '2 with other responses' }).click();
  await page.getByText('Mails with other responses').waitFor();
});

it('an edit in another tab is what runs next', async () => {
  const { document } = await server.api<FlowVersion>('GET', '/api/flows/support');
  await page.request.put(`${server.url}/api/flows/support/draft`, {
    data: { document: { ...document, name: 'Support 2' } },
    headers: { origin: server.url },
  });

  await page.getByRole('button', { name: 'Run the backtest' }).click();

  await page.getByRole('status').getByText('All 5 mails end where they ended.').waitFor();
});

it('choices that no mail fits end in words', async () => {
  await page.getByRole('combobox', { name: 'Received' }).click();
  await page.getByRole('option', { name: 'between two days' }).click();
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await page.getByRole('button', { name: 'Run the backtest' }).click();

  await page.getByText('No such mail').waitFor();
});

it('the traffic of the published version stands on its connections, and follows the mail live', async () => {
  const canvas = page.getByRole('application', { name: /^Flow / });
  const urgent = (count: number) =>
    canvas.getByRole('img', {
      name: `${count} ${count === 1 ? 'mail' : 'mails'} took “yes” of “Urgent?” in the last day`,
    });
  await page.goto('/flows/support');
  await untilDrawn(page);
  await canvas.press('h');

  await page.getByRole('status').getByText('5 mails through version 1 in the last day').waitFor();
  await urgent(1).waitFor();
  await canvas.getByRole('img', { name: '0 mails took “yes” of “Automatic reply?” in the last day' }).waitFor();
  await canvas.getByRole('img', { name: '5 mails reached “Urgent?” in the last day' }).waitFor();

  await deliver(['[URGENT] Another']);
  await urgent(2).waitFor();

  await page.getByText('Hour', { exact: true }).click();
  await page.getByRole('status').getByText('6 mails through version 1 in the last hour').waitFor();
  await page.getByRole('button', { name: 'Hide the traffic' }).click();
  await canvas
    .getByRole('img', { name: /took “yes”/ })
    .first()
    .waitFor({ state: 'detached' });

  await page.goto('/flows/support?version=1');
  await page.getByRole('button', { name: 'Show the traffic' }).click();
  await urgent(2).waitFor();
});
