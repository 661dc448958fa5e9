import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import nodemailer from 'nodemailer';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { restoredMark } from '../../runtime/upkeep/restored.ts';
import type { OutboxPage } from '../../schemas/api/outbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { goTo, setUpAdministrator } from './support/people.ts';
import { openWatchedContext, type WatchedContext } from './support/watched-context.ts';

// What is wrong reaches the person who looks at the page as one clear message, and nothing is lost.

const sampleFlow = resolve(import.meta.dirname, '../../flows/support.flow.json');

let dovecot: Dovecot;
let sink: SmtpSink;
let folder: string;
let server: Server;
let watched: WatchedContext;
let page: Page;

beforeAll(async () => {
  [dovecot, sink] = await Promise.all([startDovecot(), startSmtpSink()]);
  folder = await mkdtemp(join(tmpdir(), 'sluice-bad-input-'));
  await mkdir(join(folder, 'flows'));
  const flow = (await readFile(sampleFlow, 'utf8')).replace('"id": "support"', '"id": "odd"');
  await writeFile(join(folder, 'flows/odd.flow.json'), flow.replace('"type": "set-priority"', '"type": "teleport"'));
  await writeFile(join(folder, 'flows/cut.flow.json'), flow.slice(0, 100));
  const restored = restoredMark(Date.now(), new Date().toISOString());
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', restored.name), restored.content);
  server = await startServer({ folder });
  watched = await openWatchedContext(server.url);
  page = await watched.context.newPage();
  await setUpAdministrator(page);
}, 180_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
  await Promise.all([dovecot?.stop(), sink?.stop()]);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

beforeEach(({ task, onTestFailed }) => {
  onTestFailed(() => watched.takePictures(`bad-input-${task.name.replaceAll(/\W+/g, '-').slice(0, 40)}`));
});
afterEach(() => {
  expect(watched.complaints.splice(0)).toEqual([]);
});

test('flow files that are none are named on the page and in the log, and do not keep the others from running', async () => {
  await goTo(page, 'Flows');
  const rows = page.getByRole('table', { name: 'Flows' }).getByRole('row');

  await rows.filter({ hasText: 'cut.flow.json, line' }).getByText('is not published').waitFor();
  await rows.filter({ hasText: 'There is no action type "teleport"' }).getByText('is not published').waitFor();

  await rows.filter({ hasText: 'Support' }).getByText('version 1').waitFor();
  expect(server.log()).toMatch(/cut\.flow\.json.*not valid JSON/);
  expect(server.log()).toMatch(/odd\.flow\.json.*teleport/);
});

test('a mailbox with a wrong password says who refuses, before and after it is saved', async () => {
  await fillMailbox('wrong-password@acme.test', { host: dovecot.host, port: dovecot.ports.imaps, ca: dovecot.ca });

  await page.getByRole('button', { name: 'Verify' }).click();
  await page
    .getByRole('listitem')
    .filter({ hasText: /refuses the login of wrong-password@acme\.test/ })
    .waitFor();
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('button', { name: 'Connect anyway' }).click();

  const card = page.getByRole('article', { name: 'wrong-password@acme.test' });
  await card.getByText('failed', { exact: true }).waitFor();
  await card
    .getByRole('alert')
    .getByText(/Check the user name and the password/)
    .waitFor();
});

test('a mailbox with a wrong host says that nobody is there, and is tried again', async () => {
  await fillMailbox('no-host@acme.test', { host: 'no-such-host.invalid', port: 993 });

  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('button', { name: 'Connect anyway' }).click();

  const card = page.getByRole('article', { name: 'no-host@acme.test' });
  await card.getByText('retrying', { exact: true }).waitFor();
  await card
    .getByRole('alert')
    .getByText(/No server is known by the name no-such-host\.invalid/)
    .waitFor();
  await card.getByText('Tries again').first().waitFor();
});

test('a certificate that nobody vouches for is refused in words, with what to do', async () => {
  await fillMailbox('no-ca@acme.test', { host: dovecot.host, port: dovecot.ports.imaps });

  await page.getByRole('button', { name: 'Verify' }).click();

  await page
    .getByRole('listitem')
    .filter({ hasText: /certificate/ })
    .filter({ hasText: /authority/ })
    .waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
});

test('an outgoing server that refuses: its words stand in the outbox, the mail waits in its queue, and it can be sent again', async () => {
  sink.behave({ kind: 'answer', code: 554, message: '5.7.1 Nobody here wants that' }, { kind: 'take' });
  await server.api('PUT', '/api/outbound', { type: 'smtp', host: sink.host, port: sink.port, security: 'none' });

  await send({ subject: 'Please answer me', from: 'kim@customer.test' });

  await goTo(page, 'Outbox');
  const row = page.getByRole('table', { name: 'Outbox' }).getByRole('row').filter({ hasText: 'kim@customer.test' });
  await row.getByText('failed', { exact: true }).waitFor();
  await row.getByText(/Nobody here wants that/).waitFor();
  await row.getByRole('link').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('dialog', { name: 'Send it again?' }).getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('dialog').getByText('sent', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await goTo(page, 'Queues');
  await page.getByRole('link', { name: 'General support' }).click();
  await page.getByRole('link', { name: 'Please answer me' }).waitFor();
});

test('answers that wait for days, and those that may have left before a restore, are told of above the outbox', async () => {
  sink.behave({ kind: 'answer', code: 451, message: '4.7.1 Later' }, { kind: 'drop-after-final-dot' });
  await server.api('PUT', '/api/outbound', { type: 'smtp', host: sink.host, port: sink.port, security: 'none' });
  const answered = async (to: string, state: string) => {
    await send({ subject: 'An answer, please', from: to });
    await until(`the answer to ${to} is ${state}`, async () => {
      const { items } = await server.api<OutboxPage>('GET', '/api/outbox');
      return items.some((item) => item.to === to && item.state === state && item.attempts > 0);
    });
  };
  await answered('late@customer.test', 'waiting');
  await answered('lost@customer.test', 'uncertain');
  const database = new DatabaseSync(join(folder, 'data/sluice.db'), { timeout: 10_000 });
  database.exec(`update outbox set queued_at = queued_at - 3 * 86400000 where state = 'waiting'`);
  database.close();

  await goTo(page, 'Mailboxes');
  await goTo(page, 'Outbox');

  const rows = page.getByRole('table', { name: 'Outbox' }).getByRole('row');
  await rows.filter({ hasText: 'late@customer.test' }).getByText('delayed', { exact: true }).waitFor();
  const late = page.getByRole('alert').filter({ hasText: '1 mail waits for more than 2 days' });
  await late.getByRole('link', { name: 'See what keeps them' }).waitFor();
  const restored = page.getByRole('alert').filter({ hasText: 'This data was restored from a backup' });
  await restored.getByRole('link', { name: 'Decide about 1 uncertain mail' }).click();
  await rows.filter({ hasText: 'late@customer.test' }).waitFor({ state: 'hidden' });
  await rows.filter({ hasText: 'lost@customer.test' }).getByText('uncertain', { exact: true }).waitFor();
});

test('a database that cannot be written is told on every page, for as long as it lasts', async () => {
  limitFiles('4096');
  try {
    await until('health says so', async () => (await fetch(`${server.url}/health/ready`)).status === 503);
    await page.reload();

    const notice = page.getByRole('alert').filter({ hasText: 'The database could not be written' });
    await notice.getByText(/Mail waits on its servers meanwhile/).waitFor();
    await page.goto('/alarms');
    await page.getByRole('listitem').filter({ hasText: 'The database could not be written' }).waitFor();
    await page.setViewportSize({ width: 900, height: 700 });
    await goTo(page, 'Flows');
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await page.getByRole('button', { name: 'Publish' }).waitFor();
    await notice.waitFor();
    const tooHigh = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    limitFiles('unlimited');
    await notice.waitFor({ state: 'hidden' });
    expect(tooHigh).toBe(0);
  } finally {
    limitFiles('unlimited');
  }
});

/** Above so many bytes of a file the server's writes fail with an I/O error. */
function limitFiles(bytes: string): void {
  execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
}

async function fillMailbox(address: string, server: { host: string; port: number; ca?: string }): Promise<void> {
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: 'Connect a mailbox' }).first().click();
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByRole('textbox', { name: 'IMAP server' }).fill(server.host);
  await page.getByRole('textbox', { name: 'Port' }).fill(String(server.port));
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
  await page.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: 'Support', exact: true }).click();
  if (server.ca === undefined) return;
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('textbox', { name: /Private certificate authority/ }).fill(server.ca);
}

async function send(mail: { subject: string; from: string }): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({ envelope: { from: mail.from, to: ['support@demo.test'] }, raw: makeMail(mail) });
  transport.close();
}
