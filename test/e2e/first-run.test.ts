import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Server, startServer } from '../support/start-server.ts';
import { goTo, setUpAdministrator } from './support/people.ts';
import { markPage, openWatchedContext, type WatchedContext } from './support/watched-context.ts';

// A checkout that was just started: nothing is configured, and the whole job can be seen within a minute.

let server: Server;
let watched: WatchedContext;
let page: Page;

beforeAll(async () => {
  server = await startServer();
  watched = await openWatchedContext(server.url);
  page = await watched.context.newPage();
  await setUpAdministrator(page);
}, 180_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
});

beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => watched.takePictures(`first-run-${task.name.replaceAll(/\W+/g, '-').slice(0, 40)}`));
});
afterEach(() => {
  expect(watched.complaints.splice(0)).toEqual([]);
});

test('the sample flow is published', async () => {
  await goTo(page, 'Flows');

  const row = page.getByRole('table', { name: 'Flows' }).getByRole('row', { name: /Support/ });
  await row.getByText('version 1').waitFor();
});

test('the start page says in three lines how to send a mail', async () => {
  await goTo(page, 'Start');

  const lines = page.getByRole('listitem').filter({ hasText: /support@demo\.test|port|URGENT/ });

  await expect
    .poll(() => lines.allInnerTexts())
    .toEqual([
      expect.stringContaining('support@demo.test'),
      expect.stringContaining(String(server.ports.smtp)),
      expect.stringContaining('[URGENT]'),
    ]);
});

test('a test mail arrives live in its queue', async () => {
  const isSame = await markPage(page);

  await page.getByRole('button', { name: 'Send a test mail' }).click();

  const first = page.getByRole('list', { name: 'Newest mails' }).getByRole('listitem').first();
  await first.getByText('General support · priority 0').waitFor();
  expect(await isSame()).toBe(true);
});

test('an automatic reply is disconnected', async () => {
  await page.getByRole('button', { name: 'An automatic reply' }).click();

  const reply = page.getByRole('list', { name: 'Newest mails' }).getByRole('link', { name: /^Out of office/ });
  await reply.getByText('disconnected').waitFor();
  await reply.getByText('automatic reply').waitFor();
});

test('its acknowledgement was captured, never sent, and can be read', async () => {
  await goTo(page, 'Outbox');
  await page.getByText(/Captured mails are shown here and never sent/).waitFor();

  const rows = page.getByRole('table', { name: 'Outbox' }).getByRole('row').filter({ hasText: 'captured' });
  await rows.first().getByRole('link').click();

  await page
    .getByRole('dialog')
    .getByText(/Your reference:/)
    .waitFor();
  await expect.poll(() => rows.count()).toBe(1);
});
