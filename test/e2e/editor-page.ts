import type { Browser, Locator, Page } from 'playwright-core';
import type { Server } from '../support/start-server.ts';
import { centre, drag, settled } from './support/mouse.ts';

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
  page.setDefaultTimeout(10_000);
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
  return {
    card,
    outcome,
    cards: page.locator('.react-flow__node'),
    connections: page.locator('.react-flow__edge'),
    canvas: page.locator('.react-flow__pane'),
    inspector: page.getByRole('complementary', { name: 'Inspector' }),
    palette: (type: string) => page.locator(`section[aria-label="Palette"] [data-action-type="${type}"]`),
    /** Draws a connection with the mouse. */
    async connect(from: string, name: string, to: string): Promise<void> {
      await settled(page.locator('.react-flow'));
      await drag(page, await centre(outcome(from, name)), await centre(entrance(to)));
    },
    /** Drags an action type from the palette to a point of the canvas. */
    async drop(type: string, at: { x: number; y: number }): Promise<void> {
      await page
        .locator(`section[aria-label="Palette"] [data-action-type="${type}"]`)
        .dragTo(page.locator('.react-flow__pane'), { targetPosition: at });
    },
    saved: () => page.getByRole('status').getByText('Saved').waitFor(),
  };
}
