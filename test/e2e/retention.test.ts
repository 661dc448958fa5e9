import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTransport } from 'nodemailer';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../intake/stored-interactions.ts';
import { makeMailWithAttachment } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { seriousFindings } from './support/accessibility.ts';
import { openWatchedContext, type WatchedContext } from './support/watched-context.ts';

const admin = { name: 'Ada Lovelace', email: 'ada@demo.test', password: 'a long pass phrase' };
/** From long ago. */
const old = idOf(1);

let server: Server;
let watched: WatchedContext;
let page: Page;

beforeAll(async () => {
  server = await startServer();
  await server.api('POST', '/api/setup', admin);
  await storeOldMail();
  watched = await openWatchedContext(server.url);
  page = await watched.context.newPage();
  await page.goto('/settings/retention');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'Retention' }).waitFor();
}, 120_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
});

/** A mail that is taken now, and then made one that came years ago and was done with. */
async function storeOldMail(): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  const envelope = { from: 'vera@example.test', to: 'support@demo.test' };
  await transport.sendMail({ envelope, raw: makeMailWithAttachment(0.01, { subject: 'Parcel' }) });
  transport.close();
  const waiting = () => server.api<{ items: { id: string; state: string }[] }>('GET', '/api/interactions?state=queued');
  await until('it is queued', async () => (await waiting()).items.length === 1);
  const outbox = () => server.api<{ items: { state: string }[] }>('GET', '/api/outbox');
  await until('its answer is captured', async () => (await outbox()).items.every(({ state }) => state === 'captured'));
  const database = new DatabaseSync(join(server.folder, 'data/sluice.db'), {
    timeout: 10_000,
    enableForeignKeyConstraints: false,
  });
  database.exec(`
    begin immediate;
    update interactions set id = '${old}', state = 'done', finished_at = 1700000000000, received_at = 1700000000000;
    update interaction_details set interaction = '${old}';
    update outbox set interaction = '${old}', queued_at = 1700000000000, sent_at = null;
    update ledger set interaction = '${old}', accepted_at = 1700000000000, settled_at = 1700000000000;
    commit;`);
  database.close();
}

test('rules are set after it was counted what they cost, and what is gone says so', async () => {
  const rules = page.getByRole('region', { name: 'Retention' });
  const removed = page.getByRole('region', { name: 'What was removed' });
  await removed.getByText('No rule is set: nothing is removed.').waitFor();
  await expect.poll(() => rules.getByText('kept for ever').count()).toBe(6);

  await rules.getByRole('switch', { name: 'Sources and attachments' }).press('Space');
  await rules.getByRole('switch', { name: 'Traces of runs' }).press('Space');
  await rules.getByRole('textbox', { name: 'Sources and attachments, days' }).fill('30');
  await rules.getByRole('button', { name: 'Count what would go' }).click();
  await rules.getByText('Now by these rules: 1 source, 1 trace.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await rules.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('By these rules 1 source, 1 trace would go').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  const unsaved = await server.api<{ nextAt: string | null }>('GET', '/api/retention');
  await rules.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Save the rules' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await removed.getByRole('button', { name: 'Remove now' }).click();
  await dialog.getByRole('button', { name: 'Remove now' }).click();
  await removed.getByText('1 source, 1 trace removed, by hand').waitFor();

  expect(unsaved.nextAt).toBeNull();
  await page.goto(`/interactions/${old}`);
  await page
    .getByText(/The source, with its attachments, was removed on .* by the retention rule of 30 days/)
    .waitFor();
  await page.getByText(/The trace of the run was removed on .* of 365 days/).waitFor();
  await page.getByRole('tab', { name: /Attachments/ }).click();
  await page.getByRole('list', { name: 'Attachments' }).getByRole('listitem').first().waitFor();
  expect(await page.getByRole('list', { name: 'Attachments' }).getByRole('link').count()).toBe(0);
  await page.getByRole('tab', { name: 'Source' }).click();
  await page.getByText('What was read of the mail is still here.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.goto('/ledger');
  await page.getByText(/Source removed on .* by the rule of 30 days/).waitFor();
  await page.goto('/settings/audit');
  await page.getByText('Removed what the retention rules name').waitFor();
  expect(watched.complaints).toEqual([]);
});
