import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Flow } from '../../schemas/flow.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';
import { untilDrawn } from './support/drawn-flow.ts';

let server: Server;
let browser: Browser;
let page: Page;
let complaints: string[];
let panel: Locator;
let cases: Locator;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  ({ page, complaints } = await signedIn(browser, server));
  panel = page.getByRole('region', { name: 'Try the flow' });
  cases = page.getByRole('region', { name: 'Cases' });
  await page.goto('/flows/support');
  await untilDrawn(page);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

const current = () => page.locator('.react-flow__node [data-current]');
const priority = () => editorOn(page).inspector.getByRole('textbox', { name: 'Priority' });

it('a mail steps through the canvas by button, key, list and by itself', async () => {
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await panel.getByLabel('Subject').fill('[URGENT] Überlauf');
  await panel.getByRole('button', { name: 'Try it' }).click();
  await panel.getByText('Waits in Priority support, priority 10').waitFor();

  await panel.getByRole('button', { name: 'Step forward' }).click();
  await current().getByText('Automatic reply?').waitFor();
  await editorOn(page).card('urgent').focus();
  await page.keyboard.press('.');
  await current().getByText('Urgent?').waitFor();
  await panel.getByText('“[URGENT] Überlauf”').waitFor();
  await page.keyboard.press('.');
  await panel.getByText('Priority became 10.').waitFor();
  await page.keyboard.press(',');
  await current().getByText('Urgent?').waitFor();
  await panel.getByRole('button', { name: 'Priority support' }).click();
  await current().getByText('Priority support').first().waitFor();
  await panel.getByRole('slider', { name: 'Step' }).press('ArrowLeft');
  await current().getByText('Priority 10').first().waitFor();
  await panel.getByRole('button', { name: 'Play the steps' }).click();
  await panel.getByText('Step 4 of 4').waitFor();
  await panel.getByRole('button', { name: 'Play the steps' }).waitFor();
});

it('an edit runs the mail again by itself, at the same step', async () => {
  await panel.getByRole('button', { name: 'Priority 10' }).click();

  await priority().fill('25');

  await panel.getByText('Waits in Priority support, priority 25').waitFor();
  await panel.getByText('Priority became 25.').waitFor();
  await panel.getByText('Step 3 of 4').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await panel.getByText('Waits in Priority support, priority 10').waitFor();
});

it('the mail is shown as the flow sees it, and a field is found by its name or value', async () => {
  await panel.getByRole('tab', { name: 'Mail' }).click();
  await panel.getByText('may be answered automatically').waitFor();

  await panel.getByRole('textbox', { name: 'Find a field or a value' }).fill('domain');

  const rows = panel.getByRole('table', { name: 'The mail as the flow sees it' }).getByRole('row');
  await expect
    .poll(() => rows.allInnerTexts())
    .toEqual(['email.from.domain\texample.com', 'email.to.0.domain\tdemo.test']);
  await panel.getByRole('tab', { name: 'Steps' }).click();
});

it('the tried mail is kept as a case, which fails once the flow treats it otherwise, until that is expected', async () => {
  await panel.getByRole('button', { name: 'Keep as a case' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep this mail as a case' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('overflow');
  await dialog.getByRole('button', { name: 'Keep the case' }).click();
  await dialog.waitFor({ state: 'detached' });
  await editorOn(page).card('p10').focus();
  await page.keyboard.press('Shift+T');
  await cases.getByText('All 6 cases pass').waitFor();

  await editorOn(page).select('p10');
  await priority().fill('30');
  await cases.getByText('2 of 6 cases differ').waitFor();
  // Also while nobody looks at them: it stands in the toolbar.
  const count = page.getByRole('button', { name: 'Show the cases: 2 of 6 cases differ' });
  await count.click();
  await cases.waitFor({ state: 'detached' });
  await count.click();
  const row = cases.getByRole('listitem').filter({ hasText: 'overflow' });
  await row.getByText('Expected priority 10, got 30').waitFor();
  await row.getByRole('button', { name: 'Expect this' }).click();
  await page.getByRole('button', { name: 'Change the expectation' }).click();

  await cases.getByText('1 of 6 cases differs').waitFor();
  const file = join(server.folder, 'flows', 'support.cases', 'overflow.case.json');
  expect(JSON.parse(await readFile(file, 'utf8')).expect).toMatchObject({ queue: 'priority-support', priority: 30 });
});

it('publishing shows which case differs, and asks an administrator why', async () => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish “Support”' });
  await dialog.getByText('1 case differs').waitFor();
  await dialog.getByText('Expected priority 10, got 30').waitFor();
  await dialog.getByLabel('What changes for people').fill('Higher');
  await expect.poll(() => dialog.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Publish all the same, because').fill('agreed with the team');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('version 2, published').waitFor();

  const { items } = await server.api<{ items: { message: string }[] }>('GET', '/api/flows/support/versions');
  expect(items[0]?.message).toContain('although 1 case differs (urgent): agreed with the team');
});

it('a case opens in the trial at the step that ended it, is renamed and deleted', async () => {
  await cases.getByRole('button', { name: /^urgent / }).click();
  await panel.getByText('[Urgent] Nobody can sign in').waitFor();
  await panel.getByText('Step 4 of 4').waitFor();
  await current().getByText('Priority support').first().waitFor();

  await cases.getByRole('button', { name: 'More for overflow' }).click();
  await page.getByRole('menuitem', { name: 'Change or rename' }).click();
  const dialog = page.getByRole('dialog', { name: 'Case “overflow”' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('flood');
  await dialog.getByRole('textbox', { name: 'What it is about' }).fill('Pipes under the kitchen');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await cases.getByText('Pipes under the kitchen').waitFor();
  await cases.getByRole('button', { name: 'More for flood' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the case' }).click();
  await cases.getByText('flood', { exact: true }).waitFor({ state: 'detached' });
});

it('a file is dropped on the trial, and a past mail is found', async () => {
  await panel.getByRole('button', { name: 'Another mail' }).click();
  const mail = 'From: a@example.test\r\nTo: support@demo.test\r\nSubject: Dropped\r\n\r\nHello\r\n';
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'mail.eml', { type: 'message/rfc822' }));
    return transfer;
  }, mail);
  await panel.dispatchEvent('drop', { dataTransfer: dropped });
  await panel.getByText('Dropped').waitFor();
  await panel.getByText('Waits in General support').waitFor();
  await panel.getByRole('button', { name: 'Acknowledge' }).click();
  await panel.getByText('would be sent').waitFor();

  await panel.getByRole('button', { name: 'Another mail' }).click();
  await panel.getByText('Past mail').click();
  await panel.getByText('No mail has come in yet').waitFor();
});

it('a service is answered by hand, which is remembered for the flow', async () => {
  const file = join(server.folder, 'with-service.flow.json');
  const document = JSON.parse(await readFile(join(server.folder, 'flows', 'support.flow.json'), 'utf8'));
  document.variables = [{ name: 'topic', type: 'string', initial: '' }];
  document.actions.ask = {
    type: 'data-action',
    name: 'Ask',
    settings: {
      method: 'POST',
      url: 'https://topics.invalid/of',
      body: { subject: '{{ email.subject }}' },
      response: [{ variable: 'topic', pointer: '/topic' }],
    },
    next: { success: 'to-priority', failure: 'to-general', timeout: 'to-general' },
  };
  document.actions.urgent.next.no = 'ask';
  await writeFile(file, JSON.stringify(document));
  await server.api('POST', '/api/flows/support/publish', {
    document,
    message: 'Ask',
    overrideCases: 'the service is new',
  });
  await page.request.delete('/api/flows/support/draft', { headers: { origin: server.url } });
  await page.goto('/flows/support');
  await untilDrawn(page);
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await panel.getByRole('button', { name: /When, where, and services/ }).click();
  await panel.getByRole('combobox', { name: 'Ask: who answers' }).click();
  await page.getByRole('option', { name: 'Answer by hand' }).click();
  await panel.getByRole('textbox', { name: 'Answer' }).fill('{ "topic": "pipes" }');
  await panel.getByLabel('Subject').fill('A question');
  await panel.getByRole('button', { name: 'Try it' }).click();

  await panel.getByText('Waits in Priority support').waitFor();
  await panel.getByRole('button', { name: 'Ask success' }).click();
  await panel.getByText('answered by hand').waitFor();
  await panel.getByText('{"subject":"A question"}').or(panel.getByText('"A question"')).first().waitFor();
  await panel.getByRole('tab', { name: 'Variables' }).click();
  await panel.getByRole('row', { name: /topic/ }).getByText('“pipes”').waitFor();

  await page.reload();
  await untilDrawn(page);
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await panel.getByRole('button', { name: /services 1 set/ }).waitFor();
});

it('problems are gone through by key, filtered, and mended in one step that undo takes back', async () => {
  const problems = page.getByRole('region', { name: 'Problems' });
  const editor = editorOn(page);
  const document = { ...(await server.api<{ document: object }>('GET', '/api/flows/support')).document, id: 'faulty' };
  const faulty = structuredClone(document) as Flow;
  const { urgent, ack } = faulty.actions;
  if (urgent?.type !== 'decision' || ack?.type !== 'auto-response') throw new Error('The sample flow is another one');
  faulty.entry = 'urgent';
  urgent.next = { no: 'ack' };
  ack.settings.subject = 'Re: {{ email.subjct }}';
  await page.request.post('/api/flows', { data: { id: 'faulty', name: 'Faulty' }, headers: { origin: server.url } });
  await page.request.put('/api/flows/faulty/draft', { data: { document: faulty }, headers: { origin: server.url } });
  await page.goto('/flows/faulty');
  await untilDrawn(page);
  await page.getByRole('button', { name: 'Problems: 2 errors' }).waitFor();

  const looked = problems.locator('[aria-current]');
  await editor.card('urgent').focus();
  await page.keyboard.press('F8');
  await looked.getByText('No mail can come to').waitFor();
  await problems.getByText('Errors 2').click();
  await problems.getByText('No mail can come to').first().waitFor({ state: 'detached' });
  await page.keyboard.press('F8');
  await looked.getByText('leads nowhere').waitFor();
  await page.keyboard.press('F8');
  await looked.getByText('email.subjct').waitFor();
  await editor.inspector.getByRole('textbox', { name: 'Subject' }).waitFor();
  await page.keyboard.press('Shift+F8');
  await looked.getByText('leads nowhere').waitFor();

  await problems.getByRole('button', { name: 'Use email.subject' }).click();
  await problems.getByText('email.subjct').waitFor({ state: 'detached' });
  await problems.getByRole('button', { name: 'Connect to…' }).click();
  await page.keyboard.type('Priority 10');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Problems: 0 errors' }).waitFor();
  await problems.getByText('All').click();
  await problems.getByRole('button', { name: 'Ask before it' }).click();
  await editor.card('may-answer').waitFor();

  for (let step = 0; step < 3; step += 1) await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Problems: 2 errors' }).waitFor();
});
