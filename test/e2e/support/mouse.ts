import type { Locator, Page } from 'playwright-core';

export interface Point {
  x: number;
  y: number;
}

/** The middle of what is on screen, in pixels of the window. */
export async function centre(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not on screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Resolves when the canvas no longer moves: a click in mid-flight would land beside the card. */
export async function settled(canvas: Locator): Promise<void> {
  await canvas.evaluate(async (element) => {
    const places = () =>
      [...element.querySelectorAll('[role=group]')].map((each) => JSON.stringify(each.getBoundingClientRect())).join();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let before = ''; before !== places(); ) {
      before = places();
      for (let frames = 0; frames < 3; frames++) await frame();
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
