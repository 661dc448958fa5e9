import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../schemas/api/flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';

let server: Server;
let browser: Browser;
let page: Page;
let complaints: string[];
let count = 0;
let id: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  ({ page, complaints } = await signedIn(browser, server));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  count += 1;
  id = `drawn-${count}`;
  // The draft is the signed-in person's own: it is made from the page, not with the token.
  await page.request.post(`${server.url}/api/flows`, {
    data: { id, name: `Drawn ${count}` },
    headers: { origin: server.url },
  });
  await page.goto(`/flows/${id}`);
  await page.getByText('Draw what happens to a mail').waitFor();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function draft(): Promise<Flow> {
  const answer = await page.request.get(`${server.url}/api/flows/${id}/draft`);
  const { document } = (await answer.json()) as Draft;
  return document as unknown as Flow;
}

/** A decision with a transfer on both ways: the smallest flow that can be published. */
async function drawSmallFlow(): Promise<void> {
  const editor = editorOn(page);
  await page.getByRole('button', { name: 'Start with a decision' }).click();
  await editor.inspector.getByRole('textbox', { name: 'Value' }).fill('[URGENT]');
  await editor.palette('transfer-to-queue').click();
  await editor.connections.first().waitFor();
  await editor.select('decision');
  await editor.palette('disconnect').click();
  await editor.card('disconnect').and(page.locator('.selected')).waitFor();
}

describe('drawing', () => {
  it('adds by click below the selected card and connects its first free outcome', async () => {
    const editor = editorOn(page);

    await drawSmallFlow();

    await expect.poll(() => editor.connections.count()).toBe(2);
    await expect
      .poll(async () => (await draft()).actions.decision)
      .toMatchObject({
        settings: { condition: { contains: [{ var: 'email.subject' }, '[URGENT]'] } },
        next: { yes: 'transfer-to-queue', no: 'disconnect' },
      });
  });

  it('adds by drag, connects by drag, and refuses a loop onto itself in one sentence', async () => {
    const editor = editorOn(page);
    await editor.drop('decision', { x: 380, y: 150 });
    await editor.drop('transfer-to-queue', { x: 380, y: 450 });

    await editor.connect('decision', 'yes', 'transfer-to-queue');
    const refusal = page.getByRole('alert').getByText('cannot lead to itself');
    await editor.connect('decision', 'no', 'decision', refusal);

    await refusal.waitFor();
    await expect.poll(() => editor.connections.count()).toBe(1);
  });

  it('undoes and redoes everything: cards, connections, settings', async () => {
    const editor = editorOn(page);
    await drawSmallFlow();
    await editor.inspector.getByLabel('Name').fill('Drop it');

    for (let step = 0; step < 8; step += 1) await page.keyboard.press('Control+z');
    await page.getByText('Draw what happens to a mail').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);

    for (let step = 0; step < 8; step += 1) await page.keyboard.press('Control+Shift+z');
    await editor.card('disconnect').getByText('Drop it').waitFor();
    await expect.poll(() => editor.connections.count()).toBe(2);
  });

  it('deletes, and gives the connections back on undo', async () => {
    const editor = editorOn(page);
    await drawSmallFlow();

    await editor.select('decision');
    await page.keyboard.press('Delete');
    await editor.card('decision').waitFor({ state: 'detached' });
    await expect.poll(() => editor.connections.count()).toBe(0);

    await page.keyboard.press('Control+z');
    await editor.card('decision').waitFor();
    // A connection is drawn once its cards were measured.
    await expect.poll(() => editor.connections.count()).toBe(2);
  });

  it('copies, pastes and duplicates', async () => {
    const editor = editorOn(page);
    await drawSmallFlow();

    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await expect.poll(() => editor.cards.count()).toBe(6);
    await expect.poll(() => editor.connections.count()).toBe(4);

    await page.keyboard.press('Control+d');
    await expect.poll(() => editor.cards.count()).toBe(9);
  });

  it('needs no mouse', async () => {
    const editor = editorOn(page);
    await page.getByRole('textbox', { name: 'Find an action' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('decision');
    await page.keyboard.press('Enter');
    await editor.card('decision').waitFor();
    await page.getByRole('textbox', { name: 'Find an action' }).first().fill('');
    await page.getByRole('textbox', { name: 'Find an action' }).first().focus();
    await page.keyboard.type('transfer');
    await page.keyboard.press('Enter');
    await editor.card('transfer-to-queue').waitFor();

    await editor.card('decision').focus();
    await page.keyboard.press('c');
    await page.getByRole('dialog', { name: /which outcome/ }).waitFor();
    await page.keyboard.type('no');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /no: goes on to/ }).waitFor();
    await page.keyboard.type('Transfer');
    await page.keyboard.press('Enter');

    await expect.poll(() => editor.connections.count()).toBe(2);
    await expect
      .poll(async () => (await draft()).actions.decision?.next)
      .toEqual({ yes: 'transfer-to-queue', no: 'transfer-to-queue' });
  });
});

describe('problems', () => {
  it('lead to the setting that is wrong', async () => {
    const editor = editorOn(page);
    await page.getByRole('button', { name: 'Start with a decision' }).click();
    await editor.canvas.click({ position: { x: 20, y: 20 } });

    await page.getByRole('button', { name: /^Problems: [1-9]/ }).click();
    await page.getByRole('region', { name: 'Problems' }).getByText('leads nowhere').first().click();

    await editor.inspector.getByText('Goes one of two ways').waitFor();
  });
});

describe('the draft', () => {
  it('is there again after a reload, and gone after discarding it', async () => {
    const editor = editorOn(page);
    await drawSmallFlow();
    await expect.poll(async () => (await draft()).actions.disconnect).toBeDefined();
    await editor.saved();

    await page.reload();
    await editor.card('disconnect').waitFor();

    await expect.poll(() => editor.connections.count()).toBe(2);

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Discard the draft' }).click();
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.getByRole('heading', { name: 'Flows' }).waitFor();
    // Chromium reports the 404 itself.
    expect(complaints.splice(0).filter((text) => !text.includes('404'))).toEqual([]);
  });

  it('is never saved over what another tab saved', async () => {
    const editor = editorOn(page);
    const other = await page.context().newPage();
    await other.goto(`/flows/${id}`);
    await other.getByRole('button', { name: 'Send everything to a queue' }).click();
    await editorOn(other).saved();
    await expect.poll(async () => Object.keys((await draft()).actions)).toEqual(['transfer-to-queue']);
    await other.close();

    await page.getByRole('button', { name: 'Start with a decision' }).click();
    await page.getByRole('button', { name: 'Load the other one' }).click();

    await editor.card('transfer-to-queue').waitFor();
    await editor.card('decision').waitFor({ state: 'detached' });
    // Chromium reports the 409 itself.
    expect(complaints.splice(0).filter((text) => !text.includes('409'))).toEqual([]);
  });
});

describe('trying and publishing', () => {
  it('lights up the way of a mail with the value of each condition', async () => {
    const editor = editorOn(page);
    await drawSmallFlow();

    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByLabel('Subject').fill('[urgent] Überlauf');
    await page.getByRole('button', { name: 'Try it' }).click();

    await page.getByText('Waits in General support, priority 0').waitFor();
    await editor.card('transfer-to-queue').locator('[data-run="passed"]').waitFor();
    await editor.card('disconnect').locator('[data-run="untouched"]').waitFor();
    await page.getByRole('button', { name: 'Step forward' }).click();
    await page.getByRole('region', { name: 'Try the flow' }).getByText('“[urgent] Überlauf”').waitFor();
  });

  it('publishes what has no errors, and says what changes', async () => {
    const editor = editorOn(page);
    await page.getByRole('button', { name: 'Start with a decision' }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('These problems stand in the way').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await editor.palette('transfer-to-queue').click();
    await editor.select('decision');
    await editor.palette('disconnect').click();
    await editor.select('decision');
    await editor.inspector.getByRole('textbox', { name: 'Value' }).fill('x');

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What changes for people').fill('A first try');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('version 1, published').waitFor();

    await editor.select('disconnect');
    await editor.inspector.getByLabel('Name').fill('Gone');
    await editor.saved();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Gone' }).waitFor();

    await page.goto(`/flows/${id}?version=1`);
    await editor.card('disconnect').getByText('Disconnect').waitFor();
  });
});
