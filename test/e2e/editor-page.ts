import type { Browser, Locator, Page } from 'playwright-core';
import type { Server } from '../support/start-server.ts';
import { patienceMs } from './browser.ts';
import { centre, drag, insist, settled } from './support/mouse.ts';

/** A card beside which no other is selected. */
const onlySelected =
  '.react-flow__nodes:not(:has(.react-flow__node.selected ~ .react-flow__node.selected)) .react-flow__node.selected';

const administrator = { name: 'Ada', email: 'ada@demo.test', password: 'a long pass phrase' };

/** A page of its own session, signed in; `complaints` collects what the page wrote to the console as an error. */
export async function signedIn(
  browser: Browser,
  server: Server,
  person: typeof administrator = administrator,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto('/');
  const button = page.getByRole('button', { name: /^(Create administrator|Sign in)$/ });
  await button.waitFor();
  if ((await button.innerText()) !== 'Sign in') await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await button.click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  // From here on: before, the page asks for a session that there is none of, which Chromium reports.
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  return { page, complaints };
}

/** The editor in the words of a person. */
export function editorOn(page: Page) {
  const card = (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
  const outcome = (id: string, name: string): Locator => card(id).locator(`[data-handleid="${name}"]`);
  const entrance = (id: string): Locator => card(id).locator('.react-flow__handle.target');
  const surface = page.locator('.react-flow');
  return {
    card,
    outcome,
    cards: page.locator('.react-flow__node'),
    connections: page.locator('.react-flow__edge'),
    canvas: page.locator('.react-flow__pane'),
    inspector: page.getByRole('complementary', { name: 'Inspector' }),
    palette: (type: string) => page.locator(`section[aria-label="Palette"] [data-action-type="${type}"]`),
    /** Clicks a card that stands still, and waits until it is the only selected one: what comes next is about it. */
    async select(id: string): Promise<void> {
      const click = async () => {
        await settled(surface);
        await card(id).click();
      };
      await insist(page, click, page.locator(`${onlySelected}[data-id="${id}"]`));
    },
    /** Draws a connection with the mouse, until it is there; `effect` is what comes instead where it is refused. */
    async connect(from: string, name: string, to: string, effect?: Locator): Promise<void> {
      const words = (await entrance(to).getAttribute('aria-label'))?.replace(/^Into /, ': leads to ') ?? '';
      const draw = async () => {
        await settled(surface);
        await drag(page, await centre(outcome(from, name)), await centre(entrance(to)));
      };
      const drawn = page.locator(`.react-flow__edge[data-id="${from}:${name}"][aria-label$=${JSON.stringify(words)}]`);
      await insist(page, draw, effect ?? drawn);
    },
    /** Drags an action type from the palette to a point of the canvas; resolves when its card is there. */
    async drop(type: string, at: { x: number; y: number }): Promise<void> {
      const cards = page.locator('.react-flow__node');
      const added = cards.nth(await cards.count());
      const item = page.locator(`section[aria-label="Palette"] [data-action-type="${type}"]`);
      await settled(surface);
      await insist(page, () => item.dragTo(page.locator('.react-flow__pane'), { targetPosition: at }), added);
    },
    saved: () => page.getByRole('status').getByText('Saved').waitFor(),
  };
}
