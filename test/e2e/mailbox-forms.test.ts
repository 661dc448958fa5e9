import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addMailbox } from '../support/add-mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type EwsServer, startEwsServer } from '../support/ews/ews-server.ts';
import { type IdentityProvider, robot, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail, makeMailWithAttachment } from '../support/mails.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { seriousFindings } from './support/accessibility.ts';
import { goTo, setUpAdministrator } from './support/people.ts';
import { openWatchedContext, type WatchedContext } from './support/watched-context.ts';

/** Where pictures go, for whoever wants to look. */
const pictures = process.env.SLUICE_PICTURES;

let folder: string;
let provider: IdentityProvider;
let dovecot: Dovecot;
let exchange: EwsServer;
let sinks: SmtpSink[];
let server: Server;
let watched: WatchedContext;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  provider = await startIdentityProvider(folder, []);
  [dovecot, server] = await Promise.all([
    startDovecot({ introspectionUrl: provider.introspectionUrl }),
    startServer({ env: { SLUICE_OUTGOING_ALLOW: new URL(provider.url).host } }),
  ]);
  exchange = await startEwsServer();
  sinks = [await startSmtpSink(), await startSmtpSink()];
  watched = await openWatchedContext(server.url);
  page = await watched.context.newPage();
  await setUpAdministrator(page);
}, 120_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await watched.takePictures('mailbox-forms');
});
afterAll(async () => {
  await watched.close();
  await server.stop();
  await dovecot.stop();
  await exchange.stop();
  for (const sink of sinks) await sink.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  if (pictures === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 900]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

const choose = async (within: Pick<Page, 'getByRole'>, field: string, option: string | RegExp) => {
  await within.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
};

test('a mailbox is moved to an authorisation: tried on a test mailbox, switched, and brought back where the switch fails', async () => {
  const id = await addMailbox(server, dovecot, 'anna');
  const { key } = provider.certificate;
  const grant = { type: 'service-account', tokenUrl: provider.tokenUrl, email: robot.email, scope: 'mail', key };
  await server.api('POST', '/api/authorisations', { name: 'Workspace', provider: 'google', ca: provider.ca, grant });
  await goTo(page, 'Mailboxes');
  await page.getByRole('article', { name: 'inbox' }).getByRole('link', { name: 'inbox' }).click();
  const section = page.getByRole('region', { name: 'Sign-in' });
  await section.getByText('anna signs in by a password.').waitFor();
  await picture('sign-in-section');

  await section.getByRole('button', { name: 'Sign in by an authorisation instead' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in by an authorisation: inbox' });
  await choose(dialog, 'Authorisation', 'Workspace');
  await dialog.getByRole('textbox', { name: 'Test mailbox' }).fill('test-desk');
  provider.accepts = () => false;
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await dialog.getByText(/refuses the token for test-desk/).waitFor();
  await picture('move-trial-failed');
  expect(await dialog.getByRole('button', { name: 'Switch' }).count()).toBe(0);

  // Only the trials are let in.
  let logins = 0;
  provider.accepts = () => {
    logins += 1;
    return logins <= 2;
  };
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByText('test-desk is logged in.').waitFor();
  await picture('move-tried');
  await dialog.getByRole('button', { name: 'Switch' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/by its password again/)
    .waitFor();
  await picture('move-brought-back');
  expect(await seriousFindings(page)).toEqual([]);

  provider.accepts = () => true;
  await dialog.getByRole('button', { name: 'Switch' }).click();
  await dialog.getByText('goes on where it stood').waitFor();
  await picture('move-done');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await section.getByText(/anna signs in by the authorisation/).waitFor();
  await picture('moved');
  await dovecot.deliver('anna', makeMail({ subject: 'By token' }));
  await page.goto('/queues/general');

  await page.getByText('By token').first().waitFor();
  expect(await server.api('GET', `/api/mailboxes/${id}`)).toMatchObject({ imap: { authorisation: 'workspace' } });
  expect(watched.complaints).toEqual([]);
});

test('an Exchange mailbox is set up by its form, and the rest of a mail that was too large is fetched', async () => {
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: 'Connect a mailbox' }).first().click();
  await page.getByRole('radiogroup', { name: 'Protocol' }).getByText('Exchange (EWS)').click();
  await page.getByText(/Exchange on-premise only/).waitFor();
  await page.getByRole('textbox', { name: /^Address/ }).fill(exchange.address);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Exchange_1');
  await page.getByRole('textbox', { name: 'Exchange server' }).fill(exchange.host);
  await choose(page, 'Security', /None/);
  await page.getByRole('textbox', { name: 'Port' }).fill(String(exchange.port));
  await page.getByRole('textbox', { name: 'Password' }).fill('not it');
  await choose(page, 'Flow', 'Support');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/refuses the login/).waitFor();
  await picture('ews-refused');
  await page.getByRole('textbox', { name: 'Password' }).fill(exchange.password);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/can be marked as read/).waitFor();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const card = page.getByRole('article', { name: 'Exchange_1' });
  await card.getByText('connected', { exact: true }).waitFor();
  await card.getByText('nothing behind').waitFor();

  exchange.store.add(exchange.store.folderNamed('Posteingang'), makeMailWithAttachment(6, { subject: 'Plans' }));
  await card.getByRole('button', { name: /What to do/ }).click();
  // Who leaves the page at once takes the question back.
  const asked = page.waitForResponse(/\/look$/);
  await page.getByRole('menuitem', { name: 'Look for mail now' }).click();
  await asked;
  await page.goto('/interactions?search=Plans');
  await page.getByRole('link', { name: 'Plans' }).click();
  await page.getByText(/by Exchange_1$/).waitFor();
  const note = page.getByRole('note').filter({ hasText: /Shortened, 8/ });
  await picture('shortened');
  await note.getByRole('button', { name: 'Fetch the rest' }).click();
  await page.getByText('The whole mail is here now').waitFor();

  await note.waitFor({ state: 'detached' });
  expect(watched.complaints).toEqual([]);
});

test('outbound mailboxes are changed, tried, made the default, switched off and deleted; the default is not, and says why', async () => {
  const [first, second] = sinks;
  if (first === undefined || second === undefined) throw new Error('two servers are needed');
  for (const [name, sink] of [
    ['office', first],
    ['shop', second],
  ] as const) {
    await page.goto('/mailboxes/outbound/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByRole('textbox', { name: 'From address' }).fill(`${name}@demo.test`);
    await page.getByRole('textbox', { name: 'SMTP server' }).fill(sink.host);
    await choose(page, 'Security', /^None/);
    await page.getByRole('textbox', { name: 'Port' }).fill(String(sink.port));
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Not asked for: no user is set.').waitFor();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('article', { name }).getByText('ready', { exact: true }).waitFor();
  }
  const row = (name: string) => page.getByRole('article', { name });
  const menu = async (name: string, item: string) => {
    await row(name)
      .getByRole('button', { name: /What to do/ })
      .click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  await menu('shop', 'Change');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Orders and returns');
  await page.getByRole('textbox', { name: 'Mails per minute' }).fill('30');
  await picture('outbound-change');
  await page.getByRole('button', { name: 'Save' }).click();
  await row('shop')
    .getByRole('button', { name: /^Details of/ })
    .click();
  await row('shop').getByText('30 a minute').waitFor();
  await row('shop').getByText('Orders and returns').waitFor();

  await menu('shop', 'Send a test mail');
  const trial = page.getByRole('dialog', { name: 'Test shop' });
  await trial.getByRole('textbox', { name: 'Send a test mail to' }).fill('vera@example.test');
  await trial.getByRole('button', { name: 'Send' }).click();
  await trial.getByRole('status').getByText('sent', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await second.waitFor(1);

  await menu('office', 'Delete');
  await page
    .getByRole('alert')
    .getByText(/office is the default outbound mailbox/)
    .waitFor();
  await picture('outbound-refused');
  await menu('shop', 'Make it the default');
  await row('shop').getByText('default', { exact: true }).waitFor();
  await row('office').getByRole('switch').click({ force: true });
  await row('office').getByText('switched off', { exact: true }).waitFor();
  await picture('outbound-off');
  await menu('office', 'Delete');
  await page
    .getByRole('dialog')
    .getByText(/leave by the default/)
    .waitFor();
  await page.getByRole('button', { name: 'Delete the mailbox' }).click();
  await row('office').waitFor({ state: 'detached' });

  expect(second.mails[0]).toMatchObject({ to: ['vera@example.test'] });
  expect(await server.api('GET', '/api/outbound-mailboxes')).toMatchObject({
    items: [{ name: 'shop', isDefault: true, description: 'Orders and returns', limits: { perMinute: 30 } }],
  });
  expect(watched.complaints).toEqual([]);
});
