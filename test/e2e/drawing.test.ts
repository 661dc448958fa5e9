import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Flow } from '../../schemas/flow.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';
import { draftOf, openDrawn, untilDrawn } from './support/drawn-flow.ts';
import { boxOf, centre, drag as dragOn, type Point } from './support/mouse.ts';

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

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function open(): Promise<ReturnType<typeof editorOn>> {
  count += 1;
  id = `gestures-${count}`;
  await openDrawn(page, server.url, id);
  return editorOn(page);
}

async function saved(): Promise<Flow> {
  await editorOn(page).saved();
  return (await draftOf(page, server.url, id)).document;
}

/** Waits until the document that the server has is as it should be. */
async function savedAs(isSo: (flow: Flow) => boolean): Promise<Flow> {
  // Sooner than by itself.
  await page.keyboard.press('Control+s');
  await expect.poll(async () => isSo((await draftOf(page, server.url, id)).document)).toBe(true);
  return (await draftOf(page, server.url, id)).document;
}

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const focusedCard = () => page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? null);
const selected = () =>
  page.locator('.react-flow__node.selected').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id')));
const list = () => page.getByRole('dialog').getByRole('combobox');

/** What is typed goes into the note from here on. */
const isWriting = () => expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');

const drag = (from: Point, to: Point) => dragOn(page, from, to);

describe('the palette of commands', () => {
  it('finds by a few letters, says why a command is off, and runs what is chosen', async () => {
    const editor = await open();

    await press('Control+k');
    await page.getByRole('option', { name: /^Undo There is nothing to undo/ }).waitFor();
    await list().fill('sele evry');
    await page.getByRole('option', { name: /Select everything/ }).waitFor();
    await press('Enter');

    await expect.poll(async () => (await selected()).length).toBe(7);
    await press('Escape');
    await editor.card('ask').focus();
    await press('Control+k');
    await list().fill('distribute across');
    await page.getByRole('option', { name: /Select 3 or more cards first/ }).waitFor();
    await press('Enter', 'Escape');
    await expect.poll(focusedCard).toBe('ask');
  });
});

describe('without a mouse', () => {
  it('walks along connections, chooses among several ways, and opens the inspector', async () => {
    const editor = await open();
    await editor.card('ask').focus();

    await press('ArrowDown');
    await list().fill('no');
    await press('Enter');
    await expect.poll(focusedCard).toBe('route');
    await press('ArrowLeft');
    await expect.poll(focusedCard).toBe('raise');
    await press('ArrowDown');
    await expect.poll(focusedCard).toBe('first');
    await press('ArrowUp', 'ArrowUp', 'ArrowUp');
    await expect.poll(focusedCard).toBe('ask');
    await page.locator('[data-announcer]').getByText('Nothing leads here.').waitFor();

    await press('Enter');
    await expect
      .poll(() => editor.inspector.getByLabel('Name').evaluate((field) => field === document.activeElement))
      .toBe(true);
    await press('F6');
    await expect.poll(focusedCard).toBe('ask');
  });

  it('inserts, connects, replaces and deletes; the keyboard stays near, and all of it is said', async () => {
    const editor = await open();
    const said = page.locator('[data-announcer]');
    await editor.card('raise').focus();

    await press('i');
    await list().fill('auto-response');
    await press('Enter');
    await expect.poll(focusedCard).toBe('auto-response');
    await said.getByText('Insert auto-response').waitFor();

    await editor.card('first').focus();
    await press('r');
    await list().fill('update');
    await press('Enter');
    await list().waitFor({ state: 'detached' });
    await editor.card('first').focus();
    await press('c');
    await list().fill('alone');
    await press('Enter');
    await said.getByText('Connect “First line”, done, to “Alone”').waitFor();

    await press('Delete');
    await said.getByText('Delete “First line”').waitFor();
    await expect.poll(focusedCard).toBe('auto-response');
    const { actions } = await savedAs((flow) => !('first' in flow.actions));
    expect(actions.raise?.next).toEqual({ done: 'auto-response' });
    expect(actions['auto-response']?.next).toEqual({ done: 'alone' });

    await editor.card('auto-response').focus();
    await press('Shift+Delete');
    const { actions: cut } = await savedAs((flow) => !('auto-response' in flow.actions));
    expect(cut.raise).not.toHaveProperty('next');
  });

  it('selects several with Space, moves them with Shift and arrows in one step, and has the menu on the menu key', async () => {
    const editor = await open();
    await editor.card('bills').focus();
    await press('Space');
    await editor.card('rest').focus();
    await press('Space');
    await expect.poll(async () => (await selected()).toSorted()).toEqual(['bills', 'rest']);

    await press('Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowLeft');
    await savedAs(({ layout }) => layout?.bills?.x === 129 && layout.bills.y === 308 && layout.rest?.x === 409);
    await press('Control+z');
    await savedAs(({ layout }) => layout?.bills?.x === 140 && layout.bills.y === 330);

    await press('ContextMenu');
    await page.getByRole('menuitem', { name: /Group the cards/ }).waitFor();
    await press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });
});

describe('groups', () => {
  it('a branch collapses to one card with the ways out of it, moves as one, and opens again', async () => {
    const editor = await open();
    await editor.select('route');
    await press('b');
    const group = editor.card('group:group');
    await group.getByText('3 actions, ends here').waitFor();
    await editor.card('bills').waitFor({ state: 'detached' });
    await press('Control+z');

    // The switch alone has two ways out.
    await editor.select('route');
    await press('Control+g', 'Shift+c');
    await expect.poll(() => group.locator('.react-flow__handle.source').count()).toBe(2);
    await expect.poll(() => editor.connections.count()).toBe(5);
    const before = (await saved()).layout?.route ?? { x: 0, y: 0 };
    const from = await centre(group.getByText('1 action'));
    await drag(from, { x: from.x + 90, y: from.y + 40 });
    const moved = await savedAs(({ layout }) => layout?.route?.x !== before.x);
    expect(moved.groups?.group).toEqual({ name: 'Route', actions: ['route'], collapsed: true });
    expect(moved.actions.route?.next).toEqual({ billing: 'bills', default: 'rest' });

    await editor.inspector.getByLabel('Name').fill('Who takes it');
    await page.getByRole('button', { name: 'Expand the group Who takes it' }).click();
    await editor.card('route').waitFor();
    await page.getByRole('button', { name: 'Collapse the group Who takes it' }).click();
    await group.waitFor();
    await press('Control+Shift+g');
    await savedAs((flow) => flow.groups === undefined);
  });

  it('a frame is dragged by its name with all its cards; what is deleted leaves it, undo brings it back', async () => {
    const editor = await open();
    await editor.select('bills');
    await editor.card('rest').click({ modifiers: ['Shift'] });
    await press('Control+g');
    const name = page.getByRole('button', { name: 'Select the group Bills' });
    const from = await centre(name);
    await drag(from, { x: from.x - 60, y: from.y + 50 });
    const { layout } = await savedAs((flow) => flow.layout?.bills?.x !== 140);
    expect((layout?.rest?.x ?? 0) - (layout?.bills?.x ?? 0)).toBe(280);

    await editor.select('rest');
    await press('Delete');
    expect((await savedAs((flow) => !('rest' in flow.actions))).groups?.group?.actions).toEqual(['bills']);
    await press('Control+z');
    const back = await savedAs((flow) => 'rest' in flow.actions);
    expect(back.groups?.group?.actions).toEqual(['bills', 'rest']);
    expect(back.actions.route?.next).toEqual({ billing: 'bills', default: 'rest' });
  });
});

describe('sticky notes', () => {
  it('are written, coloured, sized, moved and deleted', async () => {
    const editor = await open();
    await press('n');
    await isWriting();
    await page.keyboard.type('Ask Grace\nbefore you change this');
    await press('Escape');
    const note = editor.card('note:note');
    await note.getByText('before you change this').waitFor();
    await press('Control+z', 'Control+Shift+z');
    await note.getByText('before you change this').waitFor();

    await editor.select('note:note');
    await editor.inspector.getByRole('radio', { name: 'green' }).check();
    const corner = await centre(note.locator('.react-flow__resize-control'));
    await drag(corner, { x: corner.x + 60, y: corner.y + 40 });
    const drawn = await savedAs((flow) => (flow.notes?.note?.width ?? 0) > 220);
    expect(drawn.notes?.note).toMatchObject({ text: 'Ask Grace\nbefore you change this', colour: 'green' });
    const from = await centre(note);
    await drag(from, { x: from.x, y: from.y - 60 });
    await savedAs((flow) => (flow.notes?.note?.y ?? 0) < (drawn.notes?.note?.y ?? 0));

    await note.dblclick();
    await isWriting();
    await press('Control+a');
    await page.keyboard.type('Changed');
    await editor.canvas.click({ position: { x: 20, y: 20 } });
    await note.getByText('Changed').waitFor();
    await editor.select('note:note');
    await press('Delete');
    await savedAs((flow) => flow.notes === undefined);
  });
});

describe('with the mouse', () => {
  it('a box selects, buttons align and distribute, and dragging comes into line with other cards', async () => {
    const editor = await open();
    await page.keyboard.down('Shift');
    const [left, right] = [await boxOf(editor.card('bills')), await boxOf(editor.card('rest'))];
    await drag({ x: left.x - 8, y: left.y - 8 }, { x: right.x + right.width + 8, y: right.y + right.height + 8 });
    await page.keyboard.up('Shift');
    await expect.poll(async () => (await selected()).toSorted()).toEqual(['bills', 'rest']);
    await editor.card('first').click({ modifiers: ['Shift'] });

    await editor.inspector.getByRole('button', { name: 'Align tops' }).click();
    await savedAs(({ layout }) => layout?.bills?.y === 310 && layout.rest?.y === 310);
    await editor.inspector.getByRole('button', { name: 'Distribute across' }).click();
    await savedAs(({ layout }) => layout?.bills?.x === 130);

    await editor.canvas.click({ position: { x: 20, y: 20 } });
    const from = await centre(editor.card('alone').getByText('nobody comes here'));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + 60, { steps: 4 });
    const [first, alone] = [await boxOf(editor.card('first')), await boxOf(editor.card('alone'))];
    await page.mouse.move(from.x + 30, from.y + 60 + (first.y - alone.y) + 3, { steps: 4 });
    await page.locator('[data-axis="y"]').waitFor();
    await page.mouse.up();
    await savedAs(({ layout }) => layout?.alone?.y === 310);
    await page.locator('[data-axis]').first().waitFor({ state: 'detached' });
  });

  it('inserts into a connection by its button and by a drop, moving down what is in the way', async () => {
    const editor = await open();
    await page.getByRole('button', { name: 'Insert an action between Raise and First line' }).click({ force: true });
    await page
      .getByRole('dialog', { name: 'Add an action' })
      .getByRole('button', { name: /^Auto-response/ })
      .click();
    const inserted = await savedAs((flow) => 'auto-response' in flow.actions);
    expect(inserted.actions.raise?.next).toEqual({ done: 'auto-response' });
    expect(inserted.actions['auto-response']?.next).toEqual({ done: 'first' });
    expect(inserted.layout?.first?.y).toBeGreaterThan((inserted.layout?.['auto-response']?.y ?? 0) + 66);

    const line = await centre(page.locator('.react-flow__edge[data-id="route:default"] path').first());
    const canvas = await boxOf(editor.canvas);
    await editor.drop('set-priority', { x: line.x - canvas.x, y: line.y - canvas.y });
    const dropped = await savedAs((flow) => 'set-priority' in flow.actions);
    expect(dropped.actions.route?.next?.default).toBe('set-priority');
    expect(dropped.actions['set-priority']?.next).toEqual({ done: 'rest' });
  });

  it('lets a connection go anywhere on a card, re-routes an outcome, and refuses next to the pointer', async () => {
    const editor = await open();
    const outcome = await centre(editor.outcome('ask', 'yes'));
    await drag(outcome, await centre(editor.card('alone').getByText('nobody comes here')));
    await savedAs((flow) => flow.actions.ask?.next?.yes === 'alone');
    await expect.poll(() => editor.connections.count()).toBe(5);

    const body = await centre(editor.card('ask').getByText('Urgent?', { exact: true }));
    await drag(outcome, body);
    const hint = page.getByRole('alert').getByText('cannot lead to itself');
    await hint.waitFor();
    const at = await centre(hint);
    expect(Math.hypot(at.x - body.x, at.y - body.y)).toBeLessThan(250);
  });

  it('has menus for card, connection, several and canvas', async () => {
    const editor = await open();
    const item = (name: RegExp) => page.getByRole('menuitem', { name });
    await editor.card('raise').click({ button: 'right' });
    await item(/^Start here/).click();
    await savedAs((flow) => flow.entry === 'raise');

    await page
      .locator('.react-flow__edge[data-id="route:billing"] path')
      .last()
      .click({ button: 'right', force: true });
    await item(/^Delete/).click();
    await savedAs((flow) => flow.actions.route?.next?.billing === undefined);

    await editor.select('ask');
    await press('Control+Shift+ArrowDown');
    await expect.poll(async () => (await selected()).toSorted()).toEqual(['ask', 'first', 'raise', 'rest', 'route']);
    await editor.card('raise').click({ button: 'right' });
    await item(/^Arrange the selected/).click();
    await savedAs(({ layout }) => layout?.alone?.x === -470 && layout.bills?.x === 140 && layout.rest?.x !== 420);

    await editor.canvas.click({ button: 'right', position: { x: 30, y: 30 } });
    await page.getByRole('menuitemcheckbox', { name: /overview map/ }).click();
    await expect.poll(() => page.getByRole('img', { name: 'Overview of the flow' }).count()).toBe(0);
    await page.reload();
    await untilDrawn(page);
    expect(await page.getByRole('img', { name: 'Overview of the flow' }).count()).toBe(0);
    await press('m');
    await page.getByRole('img', { name: 'Overview of the flow' }).waitFor();
  });
});

describe('finding', () => {
  it('looks into names, settings and queue names, and goes from one place to the next', async () => {
    const editor = await open();
    await press('Control+f');
    const field = page.getByRole('search').getByRole('textbox');
    await field.fill('general support');
    await page.getByRole('status').getByText('1 of 2').waitFor();
    await expect.poll(selected).toEqual(['bills']);
    await press('Enter');
    await expect.poll(selected).toEqual(['rest']);
    await press('F3');
    await expect.poll(selected).toEqual(['bills']);
    await field.fill('urgent]');
    await page.getByRole('search').getByText('setting condition: [URGENT]').waitFor();
    await field.fill('no such thing');
    await page.getByRole('status').getByText('Nothing found').waitFor();
    await field.fill('Rest');
    await expect.poll(selected).toEqual(['rest']);
    await press('Escape');
    await expect.poll(focusedCard).toBe('rest');
    await editor.saved();
  });
});

describe('the clipboard', () => {
  it('carries groups and notes into another flow, and answers rubbish with one sentence', async () => {
    const editor = await open();
    await press('n');
    await isWriting();
    await page.keyboard.type('Together');
    await press('Escape');
    await editor.select('bills');
    await editor.card('rest').click({ modifiers: ['Shift'] });
    await press('Control+g', 'Control+a', 'Control+x');
    await page.getByText('Draw what happens to a mail').waitFor();

    await open();
    await press('Control+v');
    const pasted = await savedAs((flow) => 'ask-2' in flow.actions);
    expect(pasted.groups?.group?.actions).toEqual(['bills-2', 'rest-2']);
    expect(pasted.notes?.note?.text).toBe('Together');
    expect(pasted.actions['route-2']?.next).toEqual({ billing: 'bills-2', default: 'rest-2' });

    await page.evaluate(() => navigator.clipboard.writeText('{"sluice-actions":1,"actions":{"x":7}}'));
    await press('Control+v');
    await page.getByRole('alert').getByText('The clipboard holds no actions').waitFor();
  });
});

describe('undo', () => {
  it('survives a reload, goes back several steps at once, and starts anew when the draft is another', async () => {
    const editor = await open();
    const steps = page.getByRole('button', { name: 'The last steps' });
    const openSteps = async () => {
      // While the panels around the canvas are still being drawn a click may be lost.
      await untilDrawn(page);
      await steps.click();
      await page.getByRole('menu').waitFor();
    };
    await editor.select('raise');
    await editor.inspector.getByLabel('Name').fill('Raise it');
    await press('Escape');
    await editor.select('alone');
    await press('Delete');
    await editor.card('alone').waitFor({ state: 'detached' });
    await editor.select('bills');
    await press('Control+d');
    await savedAs((flow) => 'bills-2' in flow.actions);
    await editor.saved();

    await page.reload();
    await editor.card('bills-2').waitFor();
    await openSteps();
    await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
    await page.getByRole('menuitem', { name: 'Delete “Alone”' }).click();
    await editor.card('alone').waitFor();
    await editor.card('bills-2').waitFor({ state: 'detached' });
    await press('Control+z');
    await editor.card('raise').getByText('Raise', { exact: true }).waitFor();
    await savedAs((flow) => !('bills-2' in flow.actions));
    for (let step = 0; step < 3; step += 1) await press('Control+Shift+z');
    await editor.card('bills-2').waitFor();
    await savedAs((flow) => 'bills-2' in flow.actions);
    await editor.saved();

    const { revision, document } = await draftOf(page, server.url, id);
    await page.request.put(`${server.url}/api/flows/${id}/draft`, {
      data: { document: { ...document, name: 'Changed elsewhere' }, baseVersion: null, revision },
      headers: { origin: server.url },
    });
    await page.reload();
    await editor.card('bills-2').waitFor();
    await openSteps();
    await page.getByText('Earlier steps are gone').waitFor();
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled()).toBe(true);
  });
});
