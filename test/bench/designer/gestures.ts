import type { Page } from 'playwright-core';
import { median, percentile } from '../process.ts';

/** Milliseconds. */
export interface CanvasFigures {
  open: number;
  /** Per frame while the canvas is panned. */
  pan: number;
  /** Per frame while a card is dragged. */
  drag: number;
}

/** From the beginning of the load to the frame after which no more cards and connections come; the median of several loads. */
export async function measureOpen(page: Page, url: string, times: number): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await page.goto(url);
    took.push(
      await page.evaluate(async () => {
        const count = () => {
          const nodes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
          const isShown = nodes[0] !== undefined && getComputedStyle(nodes[0]).visibility === 'visible';
          return isShown ? nodes.length * document.querySelectorAll('.react-flow__edge-path').length : 0;
        };
        const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
        // The last frame that brought cards or connections: a page that draws some first and the rest later is not open before.
        let drawn = 0;
        let at = performance.now();
        for (let still = 0; drawn === 0 || still < 10; still += 1) {
          await frame();
          if (count() === drawn) continue;
          drawn = count();
          await frame();
          at = performance.now();
          still = 0;
        }
        return at;
      }),
    );
  }
  return median(took);
}

/** Pans, then drags a card, with real mouse events; frames are timed in the page. */
export async function measureMoves(page: Page): Promise<Omit<CanvasFigures, 'open'>> {
  const pane = await boxOf(page, '.react-flow__pane');
  const empty = { x: pane.x + pane.width - 30, y: pane.y + 12 };
  const pan = await framesDuring(page, empty, 24, -4);
  const card = await visibleCard(page);
  const drag = await framesDuring(page, card, 24, 3);
  return { pan, drag };
}

/** Milliseconds from a key to the frame that shows it, in the name of a card; the slowest of twenty but one. */
export async function measureKeystrokes(page: Page): Promise<number> {
  const card = await visibleCard(page);
  await page.mouse.click(card.x, card.y);
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('textbox', { name: 'Name', exact: true });
  await field.focus();
  const took: number[] = [];
  for (let key = 0; key < 20; key += 1) {
    const shown = page.evaluate(
      () =>
        new Promise<number>((done) => {
          document.addEventListener(
            'keydown',
            (event) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp))),
            { once: true, capture: true },
          );
        }),
    );
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    await page.keyboard.press('x');
    took.push(await shown);
  }
  return percentile(took, 0.95);
}

async function framesDuring(page: Page, from: { x: number; y: number }, moves: number, step: number): Promise<number> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + step, from.y + Math.abs(step));
  await page.evaluate(() => {
    const frames: number[] = [];
    Reflect.set(window, 'benchFrames', frames);
    const note = (at: number) => {
      frames.push(at);
      if (Reflect.get(window, 'benchFrames') === frames) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  for (let move = 2; move < moves; move += 1) {
    await page.mouse.move(from.x + step * move, from.y + Math.abs(step) * move);
  }
  const frames = await page.evaluate(() => {
    const noted: unknown = Reflect.get(window, 'benchFrames');
    Reflect.deleteProperty(window, 'benchFrames');
    // Written by the code above.
    return noted as number[];
  });
  await page.mouse.up();
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

async function visibleCard(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')?.getBoundingClientRect();
    if (pane === undefined) throw new Error('there is no canvas');
    const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2];
    const far = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
    const boxes = [...document.querySelectorAll('.react-flow__node')].map((node) => node.getBoundingClientRect());
    const [nearest] = boxes.sort((a, b) => far(a) - far(b));
    if (nearest === undefined) throw new Error('there is no card');
    return { x: nearest.x + nearest.width / 2, y: nearest.y + nearest.height / 4 };
  });
}

async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page`);
  return box;
}
