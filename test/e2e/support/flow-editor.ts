import type { Locator, Page } from 'playwright-core';
import { boxOf, centre, drag, insist, settled } from './mouse.ts';

/** The flow editor as a person uses it: by mouse and keyboard, everything found by its role and its accessible name. */
export interface FlowEditor {
  readonly inspector: Locator;
  readonly canvas: Locator;
  card(name: string): Locator;
  /** Clicks a card after bringing the whole flow into view. */
  select(name: string): Promise<void>;
  /** Names the selected card. */
  name(text: string): Promise<void>;
  /** Opens a list and picks an option. */
  choose(box: Locator, option: string): Promise<void>;
  /** Clicks an action type in the palette: it follows the selected card's first free outcome. Then names it. */
  add(type: string, name: string): Promise<void>;
  /** Drags an outcome of a card to the empty canvas, picks what follows there, and names it. */
  dragToNew(from: { card: string; outcome: string }, type: string, name: string): Promise<void>;
  /** Drags an outcome of a card to the top of another card. */
  dragToCard(from: { card: string; outcome: string }, to: string): Promise<void>;
  /** Chooses where an outcome of the selected card leads, in the inspector. */
  connect(from: { card: string; outcome: string }, to: string): Promise<void>;
  /** Fills the rule of a condition in the inspector: what it looks at, how it compares, with what. `at` counts the conditions there, from 0. */
  rule(rule: Rule, at?: number): Promise<void>;
  /** Chooses the queue of the selected card; makes it when there is none of that name. */
  queue(name: string): Promise<void>;
  /** Leaves the cards: the inspector shows the flow itself. */
  showFlowSettings(): Promise<void>;
  /** Resolves when the server has what is on screen. */
  saved(): Promise<void>;
}

interface Rule {
  field: string;
  operator?: string;
  value?: string;
  values?: readonly string[];
}

export function flowEditor(page: Page): FlowEditor {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const canvas = page.getByRole('application', { name: /^Flow / });
  const palette = page.getByRole('region', { name: 'Palette' });
  const card = (name: string) => canvas.getByRole('group', { name: new RegExp(`^${escaped(name)}(, first action)?$`) });
  const outcome = (from: { card: string; outcome: string }) =>
    canvas.getByLabel(`${from.card}: outcome ${from.outcome}`, { exact: true });
  const name = (text: string) => inspector.getByRole('textbox', { name: 'Name', exact: true }).fill(text);

  async function showAll(): Promise<void> {
    await canvas.getByRole('button', { name: 'Fit View' }).click();
    await settled(canvas);
  }

  async function choose(box: Locator, option: string): Promise<void> {
    await box.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  return {
    inspector,
    canvas,
    card,
    name,
    choose,
    async select(cardName) {
      const click = async () => {
        await showAll();
        await card(cardName).click();
      };
      await insist(page, click, card(cardName).and(page.locator('.selected')));
    },
    async add(type, cardName) {
      await palette.getByRole('button', { name: new RegExp(`^${escaped(type)} `) }).click();
      await name(cardName);
      await card(cardName).waitFor();
      await settled(canvas);
    },
    async dragToNew(from, type, cardName) {
      const draw = async () => {
        await showAll();
        const start = await centre(outcome(from));
        await page.mouse.move(start.x, start.y);
        await page.mouse.down();
        await page.mouse.move(start.x + 30, start.y + 40, { steps: 4 });
        const surface = await boxOf(canvas);
        await page.mouse.move(surface.x + 90, surface.y + surface.height - 160, { steps: 4 });
        await page.mouse.up();
      };
      const dialog = page.getByRole('dialog', { name: 'Add an action' });
      await insist(page, draw, dialog);
      await dialog.getByRole('button', { name: new RegExp(`^${escaped(type)} `) }).click();
      await dialog.waitFor({ state: 'detached' });
      await name(cardName);
      await card(cardName).waitFor();
    },
    async dragToCard(from, to) {
      const entrance = canvas.getByLabel(`Into ${to}`, { exact: true });
      const draw = async () => {
        await showAll();
        await drag(page, await centre(outcome(from)), await centre(entrance));
      };
      const words = `${from.card}, ${from.outcome}: leads to ${to}`;
      await insist(page, draw, canvas.getByRole('group', { name: words, exact: true }));
    },
    async connect(from, to) {
      await choose(inspector.getByRole('combobox', { name: `${from.card}, ${from.outcome}: goes on to` }), to);
    },
    async rule({ field, operator, value, values }, at = 0) {
      const form = inspector.locator('[data-condition]').nth(at);
      await choose(form.getByRole('combobox', { name: 'What to look at' }), field);
      if (operator !== undefined) await choose(form.getByRole('combobox', { name: 'How to compare' }), operator);
      if (value !== undefined) await form.getByRole('textbox', { name: 'Value', exact: true }).fill(value);
      for (const each of values ?? []) {
        await form.getByRole('combobox', { name: 'Values' }).fill(each);
        await page.keyboard.press('Enter');
      }
    },
    async queue(queueName) {
      const box = inspector.getByRole('combobox', { name: 'Queue' });
      await box.click();
      const known = page.getByRole('option', { name: queueName, exact: true });
      const make = page.getByRole('option', { name: 'Create a queue…' });
      await make.waitFor();
      if ((await known.count()) > 0) return known.click();
      await make.click();
      const dialog = page.getByRole('dialog', { name: 'New queue' });
      await dialog.getByRole('textbox', { name: 'Name' }).fill(queueName);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    },
    async showFlowSettings() {
      await page.getByRole('heading', { level: 1 }).click();
    },
    async saved() {
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
