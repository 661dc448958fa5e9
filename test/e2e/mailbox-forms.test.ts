import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addMailbox } from '../support/add-mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type IdentityProvider, robot, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { seriousFindings } from './support/accessibility.ts';
import { goTo, setUpAdministrator } from './support/people.ts';
import { openWatchedContext, type WatchedContext } from './support/watched-context.ts';

/** Where pictures go, for whoever wants to look. */
const pictures = process.env.SLUICE_PICTURES;

let folder: string;
let provider: IdentityProvider;
let dovecot: Dovecot;
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
  expect(await server.api(`GET`, `/api/mailboxes/${id}`)).toMatchObject({ imap: { authorisation: 'workspace' } });
  expect(watched.complaints).toEqual([]);
}, 90_000);
