import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Draft, FlowVersion } from '../../schemas/api/flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { signedIn } from './editor-page.ts';
import { seriousFindings } from './support/accessibility.ts';
import { untilDrawn } from './support/drawn-flow.ts';
import { flowEditor } from './support/flow-editor.ts';
import { dropFile } from './support/mouse.ts';

const ben = { name: 'Ben', email: 'ben@demo.test', password: 'another long pass phrase' };

let server: Server;
let browser: Browser;
/** Two people, each in a browser of their own. */
let ada: Page;
let bens: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  const first = await signedIn(browser, server);
  ada = first.page;
  await server.api('POST', '/api/users', { ...ben, role: 'designer' });
  const second = await signedIn(browser, server, ben);
  bens = second.page;
  for (const page of [ada, bens]) {
    page.on('console', (message) => {
      // Chromium writes every refusal to the console; being refused is what these tests are about.
      if (message.type() === 'error' && !/409|ERR_FAILED/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  }
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function published(): Promise<FlowVersion> {
  return server.api<FlowVersion>('GET', '/api/flows/support');
}

async function draftOf(page: Page): Promise<Draft & { document: Flow }> {
  return (await (await page.request.get(`${server.url}/api/flows/support/draft`)).json()) as Draft & { document: Flow };
}

/** Opens the flow and waits until it is drawn. */
async function openFlow(page: Page): Promise<void> {
  await page.goto('/flows/support');
  await flowEditor(page).card('Automatic reply?').waitFor();
  await untilDrawn(page);
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  const editor = flowEditor(page);
  await editor.select(from);
  await editor.name(to);
  await editor.saved();
}

async function publish(page: Page, message: string): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Publish/ });
  await dialog.getByRole('textbox', { name: 'What changes for people' }).fill(message);
  await dialog.getByRole('button', { name: 'Publish' }).click();
}

const changes = (page: Page) => page.getByRole('dialog').getByRole('list', { name: 'Changes' });

describe('two browsers, one flow', () => {
  it('neither author loses or publishes the work of the other', async () => {
    await Promise.all([openFlow(ada), openFlow(bens)]);
    await rename(ada, 'Acknowledge', 'Say thank you');
    await rename(ada, 'Drop it', 'Drop machines');
    await rename(bens, 'Acknowledge', 'Confirm');
    await rename(bens, 'General support', 'Everybody');

    // Each knows of the other, and sees only their own.
    await bens.getByRole('button', { name: 'Ada has a draft, too' }).click();
    await bens.getByText('based on version 1').waitFor();
    await bens.keyboard.press('Escape');
    await ada.getByRole('button', { name: 'Publish', exact: true }).click();
    await changes(ada)
      .getByRole('button', { name: /^Say thank you/ })
      .click();
    await ada.getByRole('dialog').getByRole('group', { name: 'Say thank you, changed' }).waitFor();
    expect(
      await changes(ada)
        .getByText(/Confirm|Everybody/)
        .count(),
    ).toBe(0);
    expect(await seriousFindings(ada)).toEqual([]);
    await ada.keyboard.press('Escape');

    await publish(ada, 'Friendlier');
    await ada.getByText('version 2, published').waitFor();
    const own = await draftOf(bens);
    expect(own.baseVersion).toBe(1);
    expect(own.document.actions.ack?.name).toBe('Confirm');

    // Ben is told while he draws; publishing all the same leads him to the merge, and keeps his message.
    await bens.getByText('Your draft is of version 1.').waitFor();
    await publish(bens, 'Clearer names');
    const merge = bens.getByRole('dialog', { name: 'Merge with what was published' });
    await merge.getByText('1 of 1 to choose').waitFor();
    await expect.poll(() => merge.getByRole('button', { name: 'Merge into my draft' }).isDisabled()).toBe(true);
    expect(await seriousFindings(bens)).toEqual([]);
    const choice = merge.getByRole('group', { name: /· name$/ });
    await choice.getByRole('radio', { name: /^Mine/ }).focus();
    await bens.keyboard.press('2');
    await merge.getByText('All chosen').waitFor();
    await bens.keyboard.press('Control+z');
    await merge.getByText('1 of 1 to choose').waitFor();
    await choice.getByRole('radio', { name: /^Mine/ }).focus();
    await bens.keyboard.press('1');
    await merge.getByText('The merged flow has no problems.').waitFor();
    await merge.getByRole('button', { name: 'Merge into my draft' }).click();

    const dialog = bens.getByRole('dialog', { name: /^Publish/ });
    await dialog.getByText('What changes against version 2').waitFor();
    await expect
      .poll(() => changes(bens).getByRole('button').allInnerTexts())
      .toEqual([expect.stringContaining('Confirm'), expect.stringContaining('Everybody')]);
    await dialog.getByText('Clearer names').waitFor();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await bens.getByText('version 3, published').waitFor();

    const { document, version, author } = await published();
    expect([version, author]).toEqual([3, 'Ben']);
    expect(document.actions).toMatchObject({
      ack: { name: 'Confirm' },
      drop: { name: 'Drop machines' },
      'to-general': { name: 'Everybody' },
    });
  });

  it('undo after a merge goes back to the draft and to the version that it was of', async () => {
    await Promise.all([openFlow(ada), openFlow(bens)]);
    await rename(ada, 'Priority 10', 'First');
    await rename(bens, 'Urgent?', 'In a hurry?');
    await publish(bens, 'Plain words');
    await bens.getByText('version 4, published').waitFor();

    await ada.getByRole('status').getByRole('button', { name: 'Merge' }).click();
    const merge = ada.getByRole('dialog', { name: 'Merge with what was published' });
    await merge.getByText('Nothing to choose').waitFor();
    await merge.getByRole('button', { name: /^From Version 4, by Ben: 1 change/ }).click();
    await merge.getByText('“In a hurry?”').waitFor();
    await merge.getByRole('button', { name: 'Merge into my draft' }).click();
    await merge.waitFor({ state: 'detached' });
    await ada.getByText('draft of version 4').waitFor();
    await flowEditor(ada).saved();
    await expect
      .poll(() => draftOf(ada))
      .toMatchObject({
        baseVersion: 4,
        document: { actions: { p10: { name: 'First' }, urgent: { name: 'In a hurry?' } } },
      });

    await ada.keyboard.press('Control+z');
    await ada.getByText('draft of version 3').waitFor();
    await flowEditor(ada).saved();
    await expect.poll(async () => (await draftOf(ada)).document.actions.urgent?.name).toBe('Urgent?');
    await ada.request.delete(`${server.url}/api/flows/support/draft`, { headers: { origin: server.url } });
  });

  it('two tabs of one author become one draft', async () => {
    const second = await ada.context().newPage();
    await Promise.all([openFlow(ada), openFlow(second)]);
    await rename(ada, 'Priority 10', 'First');
    const editor = flowEditor(second);
    await editor.select('Confirm');
    await editor.name('Answer');

    await second.getByRole('alert').getByRole('button', { name: 'Merge both' }).click();
    const merge = second.getByRole('dialog', { name: 'Merge with what was saved elsewhere' });
    await merge.getByText('Nothing to choose').waitFor();
    await merge.getByRole('button', { name: 'Merge into my draft' }).click();
    await editor.saved();

    await expect
      .poll(async () => (await draftOf(ada)).document.actions)
      .toMatchObject({ p10: { name: 'First' }, ack: { name: 'Answer' } });
    await second.close();
    await ada.request.delete(`${server.url}/api/flows/support/draft`, { headers: { origin: server.url } });
  });
});

it('what the server did not get stays in the browser, and is back with the page', async () => {
  await openFlow(ada);
  await flowEditor(ada).select('Everybody');
  await flowEditor(ada).name('All of us');
  await expect.poll(async () => JSON.stringify((await draftOf(ada)).document)).toContain('All of us');
  await flowEditor(ada).saved();
  await ada.route('**/api/flows/support/draft', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  );
  await flowEditor(ada).select('Confirm');
  await flowEditor(ada).name('Not lost');
  await ada.getByRole('button', { name: 'Kept in this browser' }).waitFor();
  await ada.unroute('**/api/flows/support/draft');
  // Gone before it is tried again: the page is loaded anew.
  ada.once('dialog', (dialog) => void dialog.accept());
  await ada.reload();

  await ada.getByText('is back from this browser').waitFor();
  await flowEditor(ada).card('Not lost').waitFor();
  await flowEditor(ada).saved();
  await expect.poll(async () => (await draftOf(ada)).document.actions.ack?.name).toBe('Not lost');

  // What came back is one step of undo, before it those of the earlier visit.
  await ada.keyboard.press('Control+z');
  await flowEditor(ada).card('Confirm').waitFor();
  await flowEditor(ada).card('All of us').waitFor();
  await ada.keyboard.press('Control+z');
  await flowEditor(ada).card('Everybody').waitFor();
  await ada.keyboard.press('Control+Shift+z');
  await ada.keyboard.press('Control+Shift+z');
  await flowEditor(ada).card('Not lost').waitFor();
  await ada.request.delete(`${server.url}/api/flows/support/draft`, { headers: { origin: server.url } });
});

it('two people change one list: the slower one is told, and loses nothing', async () => {
  await server.api('POST', '/api/lists', { id: 'vip', name: 'Important', values: ['a@x.test', 'b@x.test'] });
  const values = async () => (await server.api<{ values: string[] }>('GET', '/api/lists/vip')).values;
  await Promise.all([ada.goto('/lists/vip'), bens.goto('/lists/vip')]);
  const add = async (page: Page, value: string) => {
    await page.getByRole('textbox', { name: 'Add to values' }).fill(value);
    await page.keyboard.press('Enter');
  };
  await add(ada, 'ada@x.test');
  await ada.getByRole('button', { name: 'Remove a@x.test' }).click();

  // As many values as before: only their content tells.
  await add(bens, 'ben@x.test');
  await bens.getByRole('button', { name: 'Remove b@x.test' }).click();
  await bens.getByRole('button', { name: 'Save' }).click();
  await bens.getByText('Saved', { exact: true }).waitFor();
  await ada.getByText('They added 1 and removed 1; you added 1 and removed 1.').waitFor();
  await ada.getByRole('button', { name: 'Save' }).click();
  await ada.getByRole('alert').getByText('Nothing was saved').waitFor();
  expect(await values()).toEqual(['a@x.test', 'ben@x.test']);

  await ada.getByRole('button', { name: 'Put my changes on top' }).click();
  await ada.getByRole('alert').first().waitFor({ state: 'detached' });
  await ada.getByRole('button', { name: 'Save' }).click();
  await ada.getByText('Saved', { exact: true }).waitFor();
  expect(await values()).toEqual(['ben@x.test', 'ada@x.test']);
});

it('history: any two versions compared, one of them read by link and restored over a draft', async () => {
  await openFlow(ada);
  await ada.getByRole('button', { name: 'More' }).click();
  await ada.getByRole('menuitem', { name: 'Show the history' }).click();
  const versions = ada.getByRole('list', { name: 'Versions' });
  await versions.getByRole('button', { name: /^Version 4.*live/ }).waitFor();
  await ada.getByRole('heading', { name: 'From version 3 to version 4' }).waitFor();
  expect(await seriousFindings(ada)).toEqual([]);
  await versions.getByRole('button', { name: /^Version 3/ }).focus();
  await ada.keyboard.press('ArrowDown');
  await ada.keyboard.press('Enter');
  await ada.getByRole('heading', { name: 'From version 1 to version 2' }).waitFor();
  await versions.getByRole('button', { name: 'More of version 4' }).click();
  await ada.getByRole('menuitem', { name: 'Compare with version 2' }).click();
  await ada.getByRole('heading', { name: 'From version 2 to version 4' }).waitFor();
  await ada.getByRole('list', { name: 'Changes' }).getByText('“In a hurry?”').waitFor();

  await versions.getByRole('button', { name: 'More of version 2' }).click();
  await ada.getByRole('menu', { name: 'More of version 2' }).getByRole('menuitem', { name: 'Look at it' }).click();
  await ada.getByRole('group', { name: 'Say thank you' }).click();
  await ada.getByRole('button', { name: 'Copy link to card' }).click();
  const link = await ada.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).search).toBe('?version=2&action=ack');
  await bens.goto(link);
  await bens.getByRole('complementary', { name: 'Inspector' }).getByText('Auto-response').waitFor();
  await expect.poll(() => bens.getByRole('textbox', { name: 'Name', exact: true }).isDisabled()).toBe(true);
  expect(await seriousFindings(bens)).toEqual([]);

  await openFlow(bens);
  await rename(bens, 'Drop machines', 'My own work');
  await bens.goto('/flows/support?restore=2');
  const dialog = bens.getByRole('dialog', { name: 'Restore version 2 as a draft' });
  await dialog.getByText('It takes the place of your draft.').waitFor();
  await dialog.getByRole('button', { name: 'Replace my draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  await flowEditor(bens).card('Say thank you').waitFor();
  await bens.getByText('draft of version 4').waitFor();
  await bens.keyboard.press('Control+z');
  await flowEditor(bens).card('My own work').waitFor();
  await flowEditor(bens).saved();
  await bens.request.delete(`${server.url}/api/flows/support/draft`, { headers: { origin: server.url } });
});

describe('a flow file', () => {
  it('that is none says why, and loses nothing', async () => {
    await openFlow(ada);

    await dropFile(ada, 'broken.json', '{"id":"support","actions":{"a":{"type":"decision"}}}');

    const dialog = ada.getByRole('dialog', { name: 'Import broken.json' });
    await dialog.getByText('This file is not a flow that can be opened').waitFor();
    await expect.poll(() => dialog.getByRole('listitem').count()).toBeGreaterThan(2);
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await flowEditor(ada).card('Automatic reply?').waitFor();
  });

  it('is exported, changed, looked at, and taken over as a draft', async () => {
    await openFlow(ada);
    await ada.getByRole('button', { name: 'More' }).click();
    const [download] = await Promise.all([
      ada.waitForEvent('download'),
      ada.getByRole('menuitem', { name: 'Export as a file' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toBe(await readFile(join(server.folder, 'flows/support.flow.json'), 'utf8'));

    await dropFile(ada, 'mine.flow.json', text.replace('"Plain words"', '').replace('"Confirm"', '"By hand"'));

    const dialog = ada.getByRole('dialog', { name: 'Import mine.flow.json' });
    await dialog.getByRole('button', { name: /^By hand/ }).waitFor();
    await dialog.getByRole('button', { name: 'Take over as my draft' }).click();
    await dialog.waitFor({ state: 'detached' });
    await flowEditor(ada).card('By hand').waitFor();
    await ada.keyboard.press('Control+z');
    await flowEditor(ada).card('Confirm').waitFor();
  });

  it('that is dropped on the list becomes a new flow, or goes on to the one that it is of', async () => {
    const text = await readFile(join(server.folder, 'flows/support.flow.json'), 'utf8');
    await ada.goto('/flows');
    await ada.getByRole('table', { name: 'Flows' }).waitFor();

    await dropFile(ada, 'support.flow.json', text);
    const dialog = ada.getByRole('dialog', { name: 'Open support.flow.json' });
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Id' }).inputValue()).toBe('support-2');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Another');
    await dialog.getByRole('button', { name: 'Open as a new flow' }).click();
    await ada.getByRole('heading', { level: 1, name: 'Another' }).waitFor();
    await ada.getByText('draft, never published').waitFor();

    await ada.goto('/flows');
    await ada.getByRole('table', { name: 'Flows' }).waitFor();
    await dropFile(ada, 'support.flow.json', text.replace('"Everybody"', '"All of us"'));
    await dialog.getByRole('button', { name: 'Import into “Support”' }).click();
    await ada
      .getByRole('dialog', { name: 'Import support.flow.json' })
      .getByRole('button', { name: /^All of us/ })
      .waitFor();
  });
});
