import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { classicMails, sendClassicMails } from './support/classic-mails.ts';
import { type ClassificationService, startClassificationService } from './support/classification-service.ts';
import { type FlowEditor, flowEditor } from './support/flow-editor.ts';
import { goTo, setUpAdministrator } from './support/people.ts';
import { markPage, openWatchedContext, type WatchedContext } from './support/watched-context.ts';

// The whole job on real mail, in the order in which somebody who starts with Sluice would do it. Each step builds on the one before.

const mailboxUser = 'help@acme.test';
const acknowledgement = 'We have your mail';

let dovecot: Dovecot;
let sink: SmtpSink;
let service: ClassificationService;
let server: Server;
let watched: WatchedContext;
let page: Page;
let editor: FlowEditor;
let failedAt: string | undefined;

beforeAll(async () => {
  [dovecot, sink, service] = await Promise.all([startDovecot(), startSmtpSink(), startClassificationService()]);
  server = await startServer({ env: { SLUICE_OUTGOING_ALLOW: service.address } });
  watched = await openWatchedContext(server.url);
  page = await watched.context.newPage();
  editor = flowEditor(page);
}, 180_000);
afterAll(async () => {
  await watched?.close();
  await server?.stop();
  await Promise.all([dovecot?.stop(), sink?.stop(), service?.stop()]);
}, 60_000);

beforeEach(({ skip, task, onTestFailed }) => {
  skip(failedAt !== undefined, `“${failedAt}” failed before`);
  onTestFailed(async () => {
    failedAt = task.name;
    await watched.takePictures(`classic-${task.name.replaceAll(/\W+/g, '-').slice(0, 40)}`);
  });
});
afterEach(() => {
  expect(watched.complaints.splice(0)).toEqual([]);
});

test('the administrator is made in the browser', async () => {
  await setUpAdministrator(page);

  await page.getByText('Live', { exact: true }).waitFor();
});

test('auto-responses get a real outgoing server', async () => {
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: 'Add an outbound mailbox' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('smtp-client');
  await page.getByRole('textbox', { name: 'SMTP server' }).fill(sink.host);
  await page.getByRole('combobox', { name: 'Security' }).click();
  await page.getByRole('option', { name: /^None/ }).click();
  await page.getByRole('textbox', { name: 'Port' }).fill(String(sink.port));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('textbox', { name: 'From name' }).fill('Acme support');
  await page.getByRole('button', { name: 'Add', exact: true }).click();

  await page.getByRole('article', { name: 'smtp-client' }).getByText('default').waitFor();
});

test('the first decision is drawn on the empty canvas', async () => {
  await goTo(page, 'Flows');
  await page.getByRole('button', { name: 'New flow' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Classic support');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Start with a decision' }).click();
  await editor.name('Automatic reply?');
  await editor.rule({ field: 'is an automatic reply' });
  await editor.add('Disconnect', 'Drop it');

  await editor.canvas.getByRole('group', { name: 'Automatic reply?, yes: leads to Drop it' }).waitFor();
});

test('undo and redo take the last step back and forth, by keyboard and by button', async () => {
  const drop = editor.card('Drop it');
  await editor.select('Drop it');
  await page.keyboard.press('Delete');
  await drop.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+z');
  await drop.waitFor();
  await page.getByRole('button', { name: 'Redo' }).click();
  await drop.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();

  await editor.canvas.getByRole('group', { name: 'Automatic reply?, yes: leads to Drop it' }).waitFor();
});

test('urgent mail and named customers get their queues', async () => {
  await editor.select('Automatic reply?');
  await editor.add('Decision', 'Urgent?');
  await editor.rule({ field: 'subject', operator: 'contains', value: '[URGENT]' });
  await editor.add('Set priority', 'Priority 10');
  await editor.inspector.getByRole('textbox', { name: 'Priority' }).fill('10');
  await editor.add('Transfer to queue', 'To priority support');
  await editor.queue('Priority support');
  await editor.dragToNew({ card: 'Urgent?', outcome: 'no' }, 'Decision', 'Named customer?');
  const customers = ['northwind.test', 'contoso.test'];
  await editor.rule({ field: 'sender domain', operator: 'is one of', values: customers });
  await editor.add('Transfer to queue', 'To enterprise support');
  await editor.queue('Enterprise support');

  await editor.card('Named customer?').getByText('sender domain is one of “northwind.test”, “contoso.test”').waitFor();
});

test('a service is asked, and its answer is switched on', async () => {
  await editor.showFlowSettings();
  await editor.inspector.getByRole('button', { name: 'Add variable' }).click();
  await editor.inspector.getByRole('textbox', { name: 'Name of variable 1' }).fill('category');

  await editor.select('Named customer?');
  await editor.add('Data action', 'Classify');
  await editor.inspector.getByRole('textbox', { name: 'URL' }).fill(service.url);
  await editor.inspector.getByRole('button', { name: 'Add value' }).click();
  await editor.choose(editor.inspector.getByRole('combobox', { name: 'Variable of value 1' }), 'category');
  await editor.inspector.getByRole('textbox', { name: 'Pointer of value 1' }).fill('/category');

  await editor.add('Switch', 'Which topic?');
  await editor.inspector.getByRole('button', { name: 'Add case' }).click();
  for (const [index, topic] of ['billing', 'technical'].entries()) {
    await editor.inspector.getByRole('textbox', { name: `Outcome of case ${index + 1}` }).fill(topic);
    await editor.rule({ field: 'category', operator: 'is', value: topic }, index);
  }

  await editor.card('Which topic?').getByText('technical', { exact: true }).waitFor();
});

test('each topic is acknowledged and queued', async () => {
  for (const [topic, queue] of [
    ['billing', 'Billing'],
    ['technical', 'Technical support'],
    ['default', 'General support'],
  ] as const) {
    await editor.select('Which topic?');
    await editor.add('Auto-response', `Acknowledge ${topic}`);
    await editor.inspector.getByRole('textbox', { name: 'Subject' }).fill(acknowledgement);
    await editor.add('Transfer to queue', `To ${topic}`);
    await editor.queue(queue);
  }
  await page.getByRole('button', { name: /^Arrange the cards/ }).click();
  await editor.dragToCard({ card: 'Classify', outcome: 'failure' }, 'Acknowledge default');
  await editor.select('Classify');
  await editor.connect({ card: 'Classify', outcome: 'timeout' }, 'Acknowledge default');

  await page.getByRole('button', { name: 'Problems: 0 errors, 0 warnings' }).click();
  await page.getByText('Nothing stands in the way of publishing.').waitFor();
  await page.getByRole('button', { name: 'Close the problems' }).click();
  await editor.saved();
});

test('a mail file that is tried lights its way and shows what each part of a condition was', async () => {
  const file = join(server.folder, 'urgent.eml');
  await writeFile(file, makeMail({ subject: 'Fwd: [urgent] the shop is down', from: 'Kim <kim@customer.test>' }));
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  const trial = page.getByRole('region', { name: 'Try the flow' });
  await trial.getByText('File or source').click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    trial.getByRole('button', { name: /Drop an .eml file/ }).click(),
  ]);

  await chooser.setFiles(file);

  await trial.getByText('Waits in Priority support, priority 10').waitFor();
  await trial.getByRole('button', { name: /Urgent\?.*yes/ }).click();
  await trial.getByText('subject contains “[URGENT]”').waitFor();
  await trial.getByText('Fwd: [urgent] the shop is down').first().waitFor();
  const lit = async () => {
    const texts = await editor.canvas.locator('[data-run="passed"]').allInnerTexts();
    return texts.map((text) => text.split('\n').find((line) => line !== '' && line !== 'Start'));
  };
  await expect.poll(lit).toEqual(['Automatic reply?', 'Urgent?', 'Priority 10', 'To priority support']);
  expect(service.questions).toEqual([]);
  await page.getByRole('button', { name: 'Close the trial' }).click();
});

test('the flow is published with a message', async () => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Publish/ });
  await dialog.getByRole('textbox', { name: 'What changes for people' }).fill('The classic flow, drawn by hand');

  await dialog.getByRole('button', { name: 'Publish' }).click();

  await page.getByText('Version 1 is live').first().waitFor();
  await page.getByText('version 1, published').waitFor();
});

test('the mailbox is verified and connected with this flow', async () => {
  await dovecot.deliver(mailboxUser, makeMail({ subject: 'Here before Sluice was' }));
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: 'Connect a mailbox' }).first().click();
  await page.getByRole('textbox', { name: 'Address' }).fill(mailboxUser);
  await page.getByRole('textbox', { name: 'IMAP server' }).fill('127.0.0.1');
  await page.getByRole('textbox', { name: 'Port' }).fill(String(dovecot.ports.imaps));
  await page.getByRole('textbox', { name: 'Password' }).fill(dovecot.password);
  await page.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: 'Classic support' }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('textbox', { name: /Private certificate authority/ }).fill(dovecot.ca);

  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('table', { name: 'Folders on the server' }).getByText('INBOX').waitFor();
  await page.getByRole('button', { name: 'Connect' }).click();

  const card = page.getByRole('article', { name: mailboxUser });
  await card.getByText('connected', { exact: true }).waitFor();
});

test('mail to an address of the receiver runs the flow by a route', async () => {
  await goTo(page, 'Routes');
  await page.getByRole('link', { name: 'New route' }).click();
  await page.getByRole('textbox', { name: 'Mail to' }).fill('classic@demo.test');
  await page.getByRole('combobox', { name: 'Flow', exact: true }).click();
  await page.getByRole('option', { name: 'Classic support' }).click();
  await page.getByRole('button', { name: 'Add the route' }).click();

  await page.getByRole('link', { name: 'classic@demo.test' }).waitFor();
});

test('each mail appears in its queue with its priority, without a reload', async () => {
  const tabs = new Map<string, { tab: Page; isSame: () => Promise<boolean> }>();
  for (const queue of Object.keys(classicMails)) {
    // Browsers keep six connections to one server at most, and every page holds one: so the first page takes part.
    const tab = tabs.size === 0 ? page : await watched.context.newPage();
    await tab.goto('/queues');
    await tab.getByRole('table', { name: 'Queues' }).getByRole('link', { name: queue }).click();
    await tab.getByText('Nothing waits here').waitFor();
    tabs.set(queue, { tab, isSame: await markPage(tab) });
  }

  await sendClassicMails({ dovecot, user: mailboxUser, smtpPort: server.ports.smtp });

  for (const [queue, mails] of Object.entries(classicMails)) {
    const { tab, isSame } = tabs.get(queue) ?? { tab: page, isSame: async () => false };
    const table = tab.getByRole('table', { name: /Waiting mails/ });
    for (const { subject, priority } of mails) {
      const row = table.getByRole('row').filter({ hasText: subject });
      await row.getByRole('cell', { name: String(priority), exact: true }).waitFor();
    }
    await expect.poll(() => table.getByRole('row').count()).toBe(1 + mails.length);
    expect(await isSame()).toBe(true);
    if (tab !== page) await tab.close();
  }
});

test('the automatic reply is disconnected with its reason', async () => {
  await goTo(page, 'Interactions');
  const row = page.getByRole('table', { name: 'Interactions' }).getByRole('row', { name: /Out of office/ });

  await row.getByText('disconnected').waitFor();
  await row.getByRole('link').first().click();
  await page.getByText('Disconnected: automatic reply').waitFor();
});

test('every eligible sender got exactly one acknowledgement, marked as automatic', async () => {
  const eligible = Object.values(classicMails)
    .flat()
    .filter((mail) => mail.isAcknowledged === true)
    .map(({ from }) => from.replace(/.*<(.*)>/, '$1'));

  await sink.waitFor(eligible.length);
  await until('the outbox has nothing more to send', async () => {
    const { items } = await server.api<{ items: { state: string }[] }>('GET', '/api/outbox');
    return items.every(({ state }) => state === 'sent' || state === 'withheld');
  });

  expect(sink.mails.map(({ to }) => to.join()).sort()).toEqual(eligible.sort());
  for (const { raw } of sink.mails) {
    expect(raw.toString()).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect(raw.toString()).toMatch(new RegExp(`^Subject: ${acknowledgement}\r$`, 'm'));
  }
});

test('the newsletter was not answered, and the outbox says why', async () => {
  await goTo(page, 'Outbox');
  await page.getByText('withheld', { exact: true }).first().click();

  const row = page.getByRole('table', { name: 'Outbox' }).getByRole('row', { name: /news@shop\.test/ });

  await row.getByText(/mailing list|must not be answered/).waitFor();
});

test('the run of a mail is drawn on the version that ran', async () => {
  await goTo(page, 'Interactions');
  await page.getByRole('table', { name: 'Interactions' }).getByRole('link', { name: 'Wrong invoice' }).click();
  await page.getByRole('heading', { level: 1, name: 'Wrong invoice' }).waitFor();

  const canvas = page.getByRole('application', { name: 'The way of the mail through Classic support' });
  await canvas.getByRole('group', { name: 'To billing' }).waitFor();

  await page.getByRole('button', { name: /Classify.*success/ }).click();
  const classified = page.getByRole('list', { name: 'Steps' }).getByRole('listitem').filter({ hasText: 'Classify' });
  await classified.getByText('category', { exact: true }).waitFor();
  await classified.getByText('“billing”', { exact: true }).waitFor();
  await page.getByText('To Billing with priority 0').waitFor();
});

test('the mail that was there before is left alone, and everything taken is accounted for', async () => {
  const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger');
  const queued = Object.values(classicMails).flat().length;

  expect(Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))).toEqual({
    queued,
    disconnected: 1,
  });
});
