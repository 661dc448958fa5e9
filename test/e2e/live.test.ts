import nodemailer from 'nodemailer';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { setUpAdministrator } from './support/people.ts';
import { markPage, openWatchedContext, type WatchedContext } from './support/watched-context.ts';

let server: Server;
let watched: WatchedContext;

beforeAll(async () => {
  server = await startServer();
  watched = await openWatchedContext(server.url);
}, 180_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
}, 60_000);
afterEach(() => {
  expect(watched.complaints.splice(0)).toEqual([]);
});

test('more windows than a browser has connections all load and stay live, also when the one that holds the stream leaves', async () => {
  const streams: Page[] = [];
  watched.context.on('request', (request) => {
    if (request.url().endsWith('/api/events')) streams.push(request.frame().page());
  });
  const first = await watched.context.newPage();
  await setUpAdministrator(first);
  const pages = [first];
  while (pages.length < 8) pages.push(await watched.context.newPage());

  for (const page of pages) {
    await page.goto('/interactions');
    await page.getByRole('heading', { level: 1, name: 'Interactions' }).waitFor();
  }
  const marks = await Promise.all(pages.map(markPage));
  await send('Seen by all');
  for (const page of pages) await page.getByText('Seen by all').waitFor();
  const [holder] = streams.slice(-1);
  const before = streams.length;
  await holder?.close();
  const rest = pages.filter((page) => page !== holder);
  await until('another page holds the stream', () => streams.length > before);
  await send('Seen by the rest');
  for (const page of rest) await page.getByText('Seen by the rest').waitFor();

  expect(rest).toHaveLength(7);
  expect(streams.length).toBe(before + 1);
  expect(rest).toContain(streams.at(-1));
  const unloaded = await Promise.all(rest.map((page) => marks[pages.indexOf(page)]?.()));
  expect(unloaded).toEqual(rest.map(() => true));
});

async function send(subject: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({ envelope: { from: 'a@b.test', to: ['support@demo.test'] }, raw: makeMail({ subject }) });
  transport.close();
}
