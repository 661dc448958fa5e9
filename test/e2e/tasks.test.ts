import nodemailer from 'nodemailer';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Flow } from '../../schemas/flow.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';
import { draftOf, openDrawn, untilDrawn } from './support/drawn-flow.ts';

// One flow, from the first task to the mail that went through it: a task that was a selection, one with a loop in it, and a module.

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

const tab = (name: RegExp | string) => page.getByRole('tab', { name });
const errorsOn = (name: RegExp) => tab(name).locator('[aria-label*="problem"][data-error]');
const openTab = () => page.locator('[role="tab"][aria-selected="true"][title]').innerText();
const tabNames = () => page.getByRole('tablist', { name: 'Tabs of the flow' }).getByRole('tab').allInnerTexts();
const drawn = async (id = 'tasked'): Promise<Flow> => (await draftOf(page, server.url, id)).document;
/** The parts of a condition are list items, too. */
const stepsIn = (place: Page | Locator) => place.getByRole('list', { name: 'Steps' }).locator(':scope > li');
const list = () => page.getByRole('dialog').getByRole('combobox');

/** Inserts an action after the card, by keyboard; the inspector is about the new one afterwards. */
async function insertAfter(card: string, type: string, added: string): Promise<void> {
  await editorOn(page).card(card).focus();
  await page.keyboard.press('i');
  await list().fill(type);
  await page.keyboard.press('Enter');
  await list().waitFor({ state: 'detached' });
  await editorOn(page).card(added).and(page.locator('.selected')).waitFor();
}

async function choose(box: string, option: string): Promise<void> {
  await editorOn(page).inspector.getByRole('combobox', { name: box, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function publish(message: string, version: number): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'What changes for people' }).fill(message);
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText(`Version ${version} is live`).waitFor();
}

it('a module is made and published; no route offers it', async () => {
  await page.goto('/flows');
  await page.getByRole('button', { name: 'New flow' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Score');
  await dialog.getByRole('radio', { name: /A module/ }).click();
  await dialog.getByRole('button', { name: 'Create and draw' }).click();
  const editor = editorOn(page);

  await editor.palette('decision').click();
  await editor.card('decision').and(page.locator('.selected')).waitFor();
  await editor.palette('return').click();
  await editor.card('return').and(page.locator('.selected')).waitFor();
  await editor.connect('decision', 'no', 'return');
  await page.getByRole('heading', { level: 1 }).click();
  await editor.inspector.getByText('Module settings').waitFor();
  await editor.inspector.getByRole('button', { name: 'Add output' }).click();
  await editor.saved();
  await publish('First', 1);

  const answer = await page.request.get(`${server.url}/api/modules`, { headers: { origin: server.url } });
  expect(await answer.json()).toMatchObject({ items: [{ id: 'score', outputs: [{ name: 'output1' }] }] });
  await page.goto('/flows');
  await page.getByRole('row', { name: /Score/ }).getByText('module').waitFor();
});

it('a selection becomes a task on a tab of its own, with a name and an input that its call fills', async () => {
  await openDrawn(page, server.url, 'tasked');
  const editor = editorOn(page);

  // What cannot become a task is refused with one sentence.
  await editor.select('ask');
  await editor.card('raise').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+Shift+E');
  await page.getByText('A task goes on by one way, but the selected cards lead to 2 others.').first().waitFor();
  await editor.select('raise');
  await editor.card('route').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+Shift+E');
  await page.getByText('A task begins at one card, but 2 of the selected are led to from outside.').first().waitFor();

  await editor.select('raise');
  await page.keyboard.press('Control+Shift+E');
  await expect.poll(openTab).toBe('Raise');
  await editor.card('return').waitFor();

  await editor.inspector.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Make it urgent');
  await tab('Make it urgent').waitFor();
  await editor.inspector.getByRole('button', { name: 'Add input' }).click();
  await editor.saved();
  await expect.poll(async () => (await drawn()).tasks?.raise?.inputs?.[0]?.name).toBe('input1');

  // The call has to fill it: its tab says that something is wrong, and the problem leads there.
  await errorsOn(/^Main/).waitFor();
  await page.keyboard.press('F8');
  await expect.poll(openTab).toBe('Main');
  await editor.card('call-task').and(page.locator('.selected')).waitFor();
  await editor.inspector.getByRole('button', { name: 'Give input1 a value' }).click();
  await editor.inspector.getByRole('textbox', { name: 'Value of input1' }).fill('by hand');
  await editor.saved();
  await expect
    .poll(async () => (await drawn()).actions['call-task']?.settings)
    .toEqual({ task: 'raise', inputs: { input1: 'by hand' } });
  await errorsOn(/^Main/).waitFor({ state: 'detached' });

  // The card opens what it calls, by double click and by Enter; tabs are walked by key.
  await editor.card('call-task').dblclick();
  await expect.poll(openTab).toBe('Make it urgent');
  await page.keyboard.press('Control+PageUp');
  await expect.poll(openTab).toBe('Main');
  await editor.card('call-task').focus();
  await page.keyboard.press('Enter');
  await expect.poll(openTab).toBe('Make it urgent');
  await page.keyboard.press('Control+PageDown');
  await expect.poll(openTab).toBe('Main');
});

it('a task with a loop is drawn by hand and called, and so is a module', async () => {
  const editor = editorOn(page);

  await page.getByRole('button', { name: 'Draw a new task' }).click();
  await editor.inspector.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Three rounds');
  await expect.poll(openTab).toBe('Three rounds');
  // Nearer to the edge than 40 pixels the canvas would glide away under a connection that is drawn there.
  for (const [type, x, y] of [
    ['loop', 160, 90],
    ['decision', 160, 240],
    ['exit-loop', 130, 440],
    ['next-loop', 470, 440],
  ] as const) {
    await editor.drop(type, { x, y });
    await editor.card(type).waitFor();
  }
  await editor.connect('loop', 'each', 'decision');
  await editor.connect('loop', 'done', 'return');
  await editor.connect('decision', 'yes', 'exit-loop');
  await editor.connect('decision', 'no', 'next-loop');
  await editor.select('loop');
  await editor.inspector.getByRole('button', { name: 'Start here' }).click();
  await choose('Kind of for each of', 'number');
  await editor.inspector.getByRole('textbox', { name: 'For each of' }).fill('3');

  // Only what a loop leads to can ask about its round.
  await editor.select('decision');
  await choose('What to look at', 'loop.index');
  await choose('How to compare', '=');
  await editor.inspector.getByRole('textbox', { name: 'Value', exact: true }).fill('1');
  await editor.saved();
  await expect
    .poll(async () => (await drawn()).tasks?.['new-task'])
    .toMatchObject({
      name: 'Three rounds',
      entry: 'loop',
      actions: {
        loop: { settings: { over: 3 }, next: { each: 'decision', done: 'return' } },
        decision: {
          settings: { condition: { '==': [{ var: 'loop.index' }, 1] } },
          next: { yes: 'exit-loop', no: 'next-loop' },
        },
      },
    });

  await page.keyboard.press('Control+PageDown');
  await expect.poll(openTab).toBe('Main');
  await insertAfter('call-task', 'call a task', 'call-task-2');
  await choose('Task', 'Three rounds');
  await insertAfter('call-task-2', 'call a module', 'call-flow');
  await choose('Module', 'Score');
  await expect
    .poll(async () => (await drawn()).actions)
    .toMatchObject({
      'call-task': { next: { done: 'call-task-2' } },
      'call-task-2': { settings: { task: 'new-task' }, next: { done: 'call-flow' } },
      'call-flow': { settings: { flow: 'score' }, next: { done: 'first' } },
    });
});

it('a tab is renamed where it is double clicked, and what a module hands back goes into a variable', async () => {
  const editor = editorOn(page);

  await tab('Three rounds').dblclick();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Four rounds');
  await tab('Four rounds').waitFor();
  await page.keyboard.press('Control+z');
  await tab('Three rounds').waitFor();

  await tab('Main').click();
  await page.getByRole('heading', { level: 1 }).click();
  await editor.inspector.getByRole('button', { name: 'Add variable' }).click();
  await editor.select('call-flow');
  await editor.inspector.getByRole('button', { name: 'Add output' }).click();
  await choose('Variable of output 1', 'variable1');
  await editor.saved();
  await expect
    .poll(async () => (await drawn()).actions['call-flow']?.settings)
    .toEqual({ flow: 'score', outputs: { variable1: 'output1' } });
});

it('a trial goes along from tab to tab and back, and leads into the module', async () => {
  const panel = page.getByRole('region', { name: 'Try the flow' });
  const forward = panel.getByRole('button', { name: 'Step forward' });

  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await panel.getByLabel('Subject').fill('[URGENT] Help');
  await panel.getByRole('button', { name: 'Try it' }).click();
  await panel.getByText(/Waits in/).waitFor();

  const steps = stepsIn(panel);
  const shown = page.locator('.react-flow__node:has([data-current])');
  const way = [
    'Main: ask',
    'Main: call-task',
    'Make it urgent: raise',
    'Make it urgent: return',
    'Main: call-task-2',
    ...['loop', 'decision', 'next-loop', 'loop', 'decision', 'exit-loop', 'loop', 'return'].map(
      (id) => `Three rounds: ${id}`,
    ),
    // The steps of a module are drawn in another flow: here its call is shown.
    ...Array.from({ length: 3 }, () => 'Main: call-flow'),
    'Main: first',
  ];
  await expect.poll(() => steps.count()).toBe(way.length);
  for (const [index, place] of way.entries()) {
    await forward.click();
    await panel.getByText(`Step ${index + 1} of ${way.length}`, { exact: true }).waitFor();
    await expect.poll(async () => `${await openTab()}: ${await shown.getAttribute('data-id')}`).toBe(place);
  }

  // Inside a task and a round, what each part of a condition was.
  await steps.nth(9).getByRole('button').first().click();
  await expect.poll(openTab).toBe('Three rounds');
  await steps.nth(9).getByText('In the task Three rounds').waitFor();
  await steps.nth(9).getByRole('img', { name: 'true' }).waitFor();
  await steps.nth(2).getByRole('button').first().click();
  await panel.getByRole('tab', { name: 'Variables' }).click();
  await panel.getByRole('row', { name: 'task.input1 “by hand” “by hand”' }).waitFor();
  await panel.getByRole('tab', { name: 'Steps' }).click();
  await steps.nth(14).getByRole('button').first().click();
  await steps.nth(14).getByText('In the module Score, version 1').waitFor();
  const link = steps.nth(14).getByRole('link', { name: 'show it there' });
  expect(await link.getAttribute('href')).toBe('/flows/score?version=1&action=decision');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
});

it('a mail that went through it is drawn on the sheets and on the module', async () => {
  await publish('With tasks', 1);
  const headers = { origin: server.url };
  // Also a task of the module has a name.
  const { document } = await draftOf(page, server.url, 'score');
  const { decision, ...others } = document.actions;
  const back = { type: 'return', name: 'Back', settings: {} } as const;
  const actions: Flow['actions'] = {
    ...others,
    decision: { ...decision, next: { yes: 'rate', no: 'rate' } } as Flow['actions'][string],
    rate: { type: 'call-task', name: 'Rate', settings: { task: 'rate' }, next: { done: 'return' } },
  };
  const tasks = { rate: { name: 'Rate it', entry: 'back', actions: { back } } };
  const data = { document: { ...document, actions, tasks }, message: 'With a task' };
  expect((await page.request.post(`${server.url}/api/flows/score/publish`, { data, headers })).status()).toBe(200);
  const { items } = await (await page.request.get(`${server.url}/api/routes`)).json();
  await page.request.put(`${server.url}/api/routes`, {
    data: { items: [{ ...items[0], id: 'tasked', pattern: 'tasks@demo.test', flow: 'tasked' }, ...items] },
    headers,
  });
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  const from = 'customer@example.test';
  const raw = makeMail({ from, to: 'tasks@demo.test', subject: '[URGENT] Through tasks' });
  await transport.sendMail({ envelope: { from, to: ['tasks@demo.test'] }, raw });
  transport.close();

  await page.goto('/interactions');
  await page.getByRole('link', { name: '[URGENT] Through tasks' }).click();
  const sheets = page.getByRole('tablist', { name: 'Sheets of the run' }).getByRole('tab');
  await expect
    .poll(() => sheets.allInnerTexts())
    .toEqual(['Main', 'Make it urgent', 'Three rounds', 'Score v2', 'Score v2: Rate it']);

  const steps = stepsIn(page);
  for (const [step, place] of [
    [1, 'Main: call-task'],
    [2, 'Make it urgent: raise'],
    [10, 'Three rounds: exit-loop'],
    [14, 'Score v2: decision'],
  ] as const) {
    await steps.nth(step).getByRole('button').first().click();
    const current = page.locator('.react-flow__node:has([data-current])');
    await expect.poll(async () => `${await openTab()}: ${await current.getAttribute('data-id')}`).toBe(place);
  }

  await steps.nth(16).getByRole('button').first().click();
  await steps.nth(16).getByText('In the module Score, version 2, task Rate it').waitFor();

  // A tab can be looked at by itself; its cards lead to their steps.
  await sheets.nth(2).click();
  await editorOn(page).card('next-loop').click();
  await steps.nth(7).and(page.locator('[data-open]')).waitFor();
  await steps.nth(14).getByRole('button').first().click();
  await steps.nth(14).getByRole('link', { name: 'show it there' }).click();
  await page.getByRole('heading', { name: 'Score' }).waitFor();
  await editorOn(page).card('decision').and(page.locator('.selected')).waitFor();
});

it('the traffic stands on the tab where the mail passed', async () => {
  const editor = editorOn(page);
  await page.goto('/flows/tasked');
  await untilDrawn(page);
  await page.getByRole('button', { name: 'Show the traffic' }).click();
  await editor.card('route').getByRole('img', { name: '0 mails reached “Route” in the last day' }).waitFor();

  await tab('Three rounds').click();

  await editor.card('next-loop').getByRole('img', { name: '1 mail reached “Next round” in the last day' }).waitFor();
});

it('a task is duplicated, and deleted with a word about what calls it; undo shows the tab that it changes', async () => {
  const editor = editorOn(page);
  await page.goto('/flows/tasked');
  await untilDrawn(page);
  await tab('Make it urgent').click();
  await page.getByRole('button', { name: 'This task', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Duplicate this task' }).click();
  await expect.poll(tabNames).toEqual(['Main', 'Make it urgent', 'Three rounds', 'Make it urgent 2']);

  await tab(/^Main/).click();
  await page.keyboard.press('Control+z');
  await expect.poll(tabNames).toEqual(['Main', 'Make it urgent', 'Three rounds']);

  // An edit on one tab, taken back from another.
  await tab('Make it urgent').click();
  await editor.select('raise');
  await editor.inspector.getByRole('textbox', { name: 'Name', exact: true }).fill('Higher');
  await tab(/^Main/).click();
  await page.keyboard.press('Control+z');
  await expect.poll(openTab).toBe('Make it urgent');
  await editor.card('raise').getByText('Raise').waitFor();

  await page.getByRole('button', { name: 'This task', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete this task' }).click();
  const question = page.getByRole('dialog');
  await question.getByText(/“Raise” calls it and fails/).waitFor();
  await question.getByRole('button', { name: 'Delete the task' }).click();
  // While a dialog fades, keys are still its own.
  await question.waitFor({ state: 'detached' });
  await expect.poll(tabNames).toEqual(['Main', 'Three rounds']);
  await errorsOn(/^Main/).waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(openTab).toBe('Make it urgent');
});
