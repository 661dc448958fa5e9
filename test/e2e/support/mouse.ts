import type { Locator, Page } from 'playwright-core';

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** Where something is on screen once it stands still, in pixels of the window. */
export async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.evaluate(async (element) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const place = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    };
    let now = place();
    for (let still = 0; still < 4; ) {
      await frame();
      const next = place();
      still = JSON.stringify(next) === JSON.stringify(now) ? still + 1 : 0;
      now = next;
    }
    return now;
  });
  if (box.width === 0 && box.height === 0) throw new Error(`${locator} is not on screen`);
  return box;
}

/** The middle of what is on screen, once it stands still, in pixels of the window. */
export async function centre(locator: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

/** Resolves when the canvas no longer moves: a click in mid-flight would land beside the card. */
export async function settled(canvas: Locator): Promise<void> {
  await canvas.evaluate(async (element) => {
    const places = () =>
      [...element.querySelectorAll('[role=group]')].map((each) => JSON.stringify(each.getBoundingClientRect())).join();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    // A card that was added is shown a frame after it, and the canvas glides there two frames later.
    for (let before = ''; before !== places(); ) {
      before = places();
      for (let frames = 0; frames < 6; frames++) await frame();
    }
  });
}

/** Presses the left button, moves as a hand does, and lets go. */
export async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // A drag counts from its first movement, which a hand makes as small as this.
  await page.mouse.move(from.x + 2, from.y);
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/**
 * Makes a gesture until its effect is there, a few times at most: on a busy machine something may come in under the hand, as it may for a person.
 * A list that opened where nothing was meant to be let go is closed in between.
 */
export async function insist(page: Page, gesture: () => Promise<void>, effect: Locator): Promise<void> {
  const isThere = () =>
    effect
      .first()
      .waitFor({ state: 'attached', timeout: 5_000 })
      .then(
        () => true,
        () => false,
      );
  for (let tries = 1; tries < 4; tries += 1) {
    await gesture();
    if (await isThere()) return;
    if (await page.getByRole('dialog', { name: 'Add an action' }).isVisible()) await page.keyboard.press('Escape');
  }
  await gesture();
  await effect.first().waitFor({ state: 'attached' });
}

/** Lets a file go over the page, as from the desktop. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName = '', content = '']) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName, { type: 'application/json' }));
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    [name, text],
  );
}
