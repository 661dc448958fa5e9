import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Flow } from '../../schemas/flow.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';
import { draftOf, openDrawn } from './support/drawn-flow.ts';
import { boxOf, centre, drag, type Point, settled } from './support/mouse.ts';

let server: Server;
let browser: Browser;
let page: Page;
let complaints: string[];
let editor: ReturnType<typeof editorOn>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  ({ page, complaints } = await signedIn(browser, server));
  editor = editorOn(page);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** By the palette of commands, as somebody who does not know the key. */
async function command(title: string): Promise<void> {
  await press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(title);
  await page
    .getByRole('option', { name: new RegExp(`^${title}`) })
    .first()
    .click();
  await page.getByRole('dialog', { name: 'Find a command' }).waitFor({ state: 'detached' });
}

async function select(...ids: string[]): Promise<void> {
  await press('Escape');
  for (const [index, id] of ids.entries()) {
    if (index === 0) await editor.select(id);
    else await editor.card(id).click({ modifiers: ['Shift'] });
  }
  await expect.poll(async () => (await selected()).toSorted()).toEqual(ids.toSorted());
}

interface Drawn extends Point {
  width: number;
  height: number;
}

/** Where a card stands, in pixels of the canvas. */
function drawn(id: string): Promise<Drawn> {
  return editor.card(id).evaluate((card) => {
    const { m41: x, m42: y } = new DOMMatrix(getComputedStyle(card).transform);
    const { offsetWidth: width, offsetHeight: height } = card as HTMLElement;
    return { x, y, width, height };
  });
}

const view = () =>
  page
    .locator('.react-flow__viewport')
    .evaluate((shown) => new DOMMatrix(getComputedStyle(shown).transform))
    .then(({ a: zoom, e: x, f: y }) => ({ zoom, x, y }));
/** The same once nothing glides any more. */
async function restingView(): Promise<Awaited<ReturnType<typeof view>>> {
  const frame = () => page.evaluate(() => new Promise(requestAnimationFrame));
  for (let before = await view(); ; ) {
    for (let frames = 0; frames < 3; frames += 1) await frame();
    const now = await view();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

const selected = () =>
  page.locator('.react-flow__node.selected').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id')));
const draft = async (id: string): Promise<Flow> => (await draftOf(page, server.url, id)).document;

/** Waits until the document that the server has is as it should be. */
async function savedAs(id: string, isSo: (flow: Flow) => boolean): Promise<Flow> {
  // Sooner than by itself.
  await page.keyboard.press('Control+s');
  await expect.poll(async () => isSo(await draft(id))).toBe(true);
  return draft(id);
}

describe('arranging', () => {
  // Not of one size: the switch has a row of outcomes.
  const three = ['route', 'bills', 'alone'];
  const ofThree = async (measure: (card: Drawn) => number) =>
    (await Promise.all(three.map(drawn))).map((card) => Math.round(measure(card)));

  it.each([
    { title: 'Align left', key: 'Alt+a', measure: ({ x }: Drawn) => x, at: -470 },
    { title: 'Align centres', key: 'Alt+h', measure: ({ x, width }: Drawn) => x + width / 2, at: 23 },
    { title: 'Align right', key: 'Alt+d', measure: ({ x, width }: Drawn) => x + width, at: 516 },
    { title: 'Align tops', key: 'Alt+w', measure: ({ y }: Drawn) => y, at: 170 },
    { title: 'Align middles', key: 'Alt+v', measure: ({ y, height }: Drawn) => y + height / 2, at: 283 },
    { title: 'Align bottoms', key: 'Alt+s', measure: ({ y, height }: Drawn) => y + height, at: 396 },
  ])('$title: by key and by the palette of commands, one step each', async ({ title, key, measure, at }) => {
    if (!page.url().endsWith('/flows/arranged')) await openDrawn(page, server.url, 'arranged');
    await select(...three);
    const before = await ofThree(measure);

    await press(key);
    await expect.poll(() => ofThree(measure)).toEqual([at, at, at]);
    await press('Control+z');
    await expect.poll(() => ofThree(measure)).toEqual(before);

    await command(title);
    await expect.poll(() => ofThree(measure)).toEqual([at, at, at]);
    await press('Control+z');
    await expect.poll(() => ofThree(measure)).toEqual(before);
  });

  it('distributes across and down: the gaps are the same, the outermost stay', async () => {
    await select('alone', 'raise', 'route', 'rest');
    const gaps = async (start: 'x' | 'y', length: 'width' | 'height') => {
      const cards = (await Promise.all(['alone', 'raise', 'route', 'rest'].map(drawn))).toSorted(
        (a, b) => a[start] - b[start],
      );
      return cards.slice(1).map((card, index) => {
        const former = cards[index];
        return Math.round(card[start] - (former?.[start] ?? 0) - (former?.[length] ?? 0));
      });
    };

    await command('Distribute across');
    const spread = async () => {
      const all = await gaps('x', 'width');
      return Math.max(...all) - Math.min(...all);
    };
    // Places are whole pixels.
    await expect.poll(spread).toBeLessThanOrEqual(1);
    expect([(await drawn('alone')).x, (await drawn('rest')).x]).toEqual([-470, 420]);
    await press('Control+z');

    await select('ask', 'raise', 'rest');
    await command('Distribute down');
    await expect.poll(async () => (await drawn('raise')).y).toBe(179);
    await press('Control+z');
    await expect.poll(async () => (await drawn('raise')).y).toBe(170);
  });

  it('snaps to the grid while the grid is on, and to other cards while the guides are', async () => {
    await press('Escape');
    const move = async (by: Point) => {
      const from = await centre(editor.card('alone').getByText('nobody comes here'));
      await drag(page, from, { x: from.x + by.x, y: from.y + by.y });
      await settled(page.locator('.react-flow'));
      const { x, y } = await drawn('alone');
      return { x, y };
    };
    await command('Line cards up while dragging');
    const free = await move({ x: 7, y: 101 });
    expect([free.x % 11, free.y % 11]).not.toEqual([0, 0]);

    await press('g');
    const onGrid = await move({ x: 31, y: 5 });
    expect([Math.abs(onGrid.x % 11), Math.abs(onGrid.y % 11)]).toEqual([0, 0]);

    await press('g');
    await command('Line cards up while dragging');
    const [first, alone] = [await centre(editor.card('first')), await centre(editor.card('alone'))];
    const beside = await move({ x: first.x - alone.x + 3, y: 20 });
    expect(beside.x).toBe((await drawn('first')).x);
  });
});

describe('looking', () => {
  it('zooms by keys, by buttons and by wheel, to everything, to the selection and to life size', async () => {
    await openDrawn(page, server.url, 'looked-at');
    const isDone = (zoom: (now: number) => boolean) =>
      expect.poll(async () => zoom((await restingView()).zoom)).toBe(true);
    await press('0');
    await isDone((zoom) => zoom === 1);
    await press('+');
    await isDone((zoom) => zoom > 1.1);
    await press('-', '-');
    await isDone((zoom) => zoom < 1);
    await press('0');
    await isDone((zoom) => zoom === 1);

    const controls = page.getByLabel('Canvas controls');
    await controls.getByRole('button', { name: 'Zoom In' }).click();
    await isDone((zoom) => zoom > 1.1);
    await controls.getByRole('button', { name: 'Zoom Out' }).click();
    await isDone((zoom) => zoom === 1);
    await editor.canvas.hover({ position: { x: 60, y: 60 } });
    await page.mouse.wheel(0, 400);
    await isDone((zoom) => zoom < 0.9);

    await select('bills', 'rest');
    await press('Shift+F');
    await isDone((zoom) => zoom === 1);
    const canvas = await centre(page.locator('.react-flow'));
    const [bills, rest] = [await centre(editor.card('bills')), await centre(editor.card('rest'))];
    expect(Math.abs((bills.x + rest.x) / 2 - canvas.x)).toBeLessThan(2);
    await press('f');
    await isDone((zoom) => zoom < 1);
    for (const card of await editor.cards.all()) await card.waitFor();
  });

  it('goes by the overview map and by dragging the ground', async () => {
    const before = await restingView();
    const map = page.getByRole('img', { name: 'Overview of the flow' });
    const { x, y } = await centre(map);
    await drag(page, { x, y }, { x: x + 20, y: y + 10 });
    await expect.poll(async () => (await view()).x < before.x).toBe(true);

    const moved = await restingView();
    const canvas = await boxOf(page.locator('.react-flow'));
    const corner = { x: canvas.x + 40, y: canvas.y + 40 };
    await drag(page, corner, { x: corner.x + 120, y: corner.y + 60 });
    await expect.poll(async () => Math.round((await view()).x - moved.x)).toBe(120);
    await press('f');
  });

  it('tells every key, and gives the keyboard back to the card', async () => {
    await editor.card('ask').focus();
    await press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const [title, keys] of [
      ['Undo', 'Ctrl Z'],
      ['Connect from here', 'C'],
      ['Select what leads here', 'Ctrl Shift ↑'],
    ]) {
      const row = dialog.getByText(title ?? '', { exact: true }).locator('..');
      expect((await row.locator('kbd').innerText()).replaceAll(/[\s+]+/g, ' ')).toBe(keys);
    }
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe('ask');
  });
});

describe('drawing', () => {
  it('selects what leads to a card and what follows it', async () => {
    await openDrawn(page, server.url, 'selected');
    await editor.select('bills');
    await press('Control+Shift+ArrowUp');
    await expect.poll(async () => (await selected()).toSorted()).toEqual(['ask', 'bills', 'route']);
    await editor.select('route');
    await command('Select what follows');
    await expect.poll(async () => (await selected()).toSorted()).toEqual(['bills', 'rest', 'route']);
  });

  it('replaces a type and keeps what fits: name, note, settings and ways that both have', async () => {
    await editor.select('raise');
    await editor.inspector.getByLabel('Note').fill('Agreed with sales');
    await editor.card('raise').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Replace by another type/ }).click();
    await page.getByRole('dialog').getByRole('combobox').fill('auto-response');
    await press('Enter');
    const { actions } = await savedAs('selected', (flow) => flow.actions.raise?.type === 'auto-response');
    expect(actions.raise).toMatchObject({ name: 'Raise', note: 'Agreed with sales', next: { done: 'first' } });
    expect(actions.raise?.settings).not.toHaveProperty('priority');
    expect(actions.ask?.next?.yes).toBe('raise');

    await editor.select('bills');
    await command('Replace by another type');
    await page.getByRole('dialog').getByRole('combobox').fill('module');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('Control+z', 'Control+z');
    const back = await savedAs('selected', (flow) => flow.actions.raise?.type === 'set-priority');
    expect(back.actions.raise?.settings).toEqual({ priority: 10 });
    expect(back.actions.bills).toMatchObject({ name: 'Bills', settings: { queue: 'general' } });
  });

  it('refuses a connection in one sentence: to itself, from an entrance, and into a group with several ways in', async () => {
    const refused = (words: string) => page.getByRole('alert').getByText(words).waitFor();
    await openDrawn(page, server.url, 'refused');
    const start = await centre(editor.outcome('ask', 'yes'));
    await drag(page, start, await centre(editor.card('ask').getByText('Urgent?', { exact: true })));
    await refused('“Urgent?” cannot lead to itself: the mail would never leave it.');

    await drag(
      page,
      await centre(editor.card('alone').locator('.react-flow__handle.target')),
      await centre(editor.card('rest').getByText('The rest')),
    );
    await refused('A connection starts at an outcome, at the lower edge of a card.');

    await select('bills', 'rest');
    await press('Control+g', 'Shift+c');
    const group = page.locator('.react-flow__node-group-card');
    await group.waitFor();
    await drag(page, start, await centre(group));
    await refused('Several ways lead into this group: expand it and draw to one of its actions.');
    expect((await draft('refused')).actions.ask?.next).toEqual({ yes: 'raise', no: 'route' });

    await command('Expand all groups');
    await group.waitFor({ state: 'detached' });
    await select('rest');
    await command('Take out of the group');
    await expect.poll(async () => (await draft('refused')).groups?.group?.actions).toEqual(['bills']);
  });

  it('cuts here and pastes there, as text that can be kept in a file and sent to a colleague', async () => {
    await openDrawn(page, server.url, 'cut-from');
    await select('route', 'bills');
    await press('Control+x');
    await editor.card('route').waitFor({ state: 'detached' });
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(Object.keys(JSON.parse(text).actions)).toEqual(['route', 'bills']);
    await press('Control+z');
    await editor.card('route').waitFor();

    await openDrawn(page, server.url, 'pasted-to');
    await page.evaluate((edited) => navigator.clipboard.writeText(edited), text.replace('"Bills"', '"By letter"'));
    await press('Control+v');
    await editor.card('bills-2').getByText('By letter').waitFor();
    await expect.poll(selected).toEqual(['route-2', 'bills-2']);
    await expect.poll(async () => (await draft('pasted-to')).actions['route-2']?.next).toEqual({ billing: 'bills-2' });

    // In a field of text the same keys are the field's own.
    await select('alone');
    await editor.inspector.getByLabel('Name').fill('');
    await press('Control+v');
    await expect.poll(() => editor.inspector.getByLabel('Name').inputValue()).toContain('"sluice-actions"');
  });
});
