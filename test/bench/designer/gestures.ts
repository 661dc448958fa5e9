import type { Page } from 'playwright-core';
import { median, percentile } from '../process.ts';
import { within } from './within.ts';

/** How much a page draws when all of the graph is on it. */
export interface Whole {
  nodes: number;
  edges: number;
}

/** Milliseconds. */
interface Opening {
  /** From the beginning of the navigation to the frame that shows all of the graph. */
  painted: number;
  /** From there on, until a click on a card is answered by showing it as selected. */
  answered: number;
}

interface Moves {
  /** Per frame while the canvas is panned. */
  pan: number;
  /** Per frame while a card is dragged. */
  drag: number;
}

const openSeconds = 15;
const gestureSeconds = 15;

/** The medians of several loads. */
export async function measureOpen(page: Page, url: string, whole: Whole, times: number): Promise<Opening> {
  const took: Opening[] = [];
  for (let time = 0; time < times; time += 1) {
    await page.goto(url, { waitUntil: 'commit', timeout: openSeconds * 1_000 });
    took.push(
      await within(
        `${whole.nodes} cards and ${whole.edges} connections on ${url}`,
        openSeconds + 5,
        opened(page, whole),
      ),
    );
  }
  return {
    painted: median(took.map(({ painted }) => painted)),
    answered: median(took.map(({ answered }) => answered)),
  };
}

function opened(page: Page, whole: Whole): Promise<Opening> {
  return page.evaluate(
    async ({ nodes, edges, limit }) => {
      const cards = document.getElementsByClassName('react-flow__node');
      const lines = document.getElementsByClassName('react-flow__edge-path');
      const selected = document.getElementsByClassName('react-flow__node selected');
      const isWhole = () => {
        const [first, last] = [cards[0], cards[cards.length - 1]];
        if (cards.length !== nodes || lines.length !== edges || first === undefined || last === undefined) return false;
        return [first, last].every((card) => getComputedStyle(card).visibility === 'visible');
      };
      const painted = () =>
        new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
      const until = async (isSo: () => boolean, what: string) => {
        while (!isSo()) {
          if (performance.now() > limit) throw new Error(`${what}: ${cards.length} cards, ${lines.length} lines`);
          await new Promise((done) => requestAnimationFrame(done));
        }
        return painted();
      };
      const shown = await until(isWhole, 'never drawn as a whole');
      const box = [...cards].find(
        (card) => card.classList.contains('bench-target') || card.getAttribute('data-id') === 'a7',
      );
      const { x, y, width, height } = (box ?? document.body).getBoundingClientRect();
      const at = { clientX: x + width / 2, clientY: y + height / 3 };
      const hit = document.elementFromPoint(at.clientX, at.clientY);
      hit?.dispatchEvent(new MouseEvent('click', { ...at, bubbles: true, view: window }));
      const answer = await until(() => selected.length > 0, 'a click is not answered');
      return { painted: shown, answered: answer - shown };
    },
    { ...whole, limit: openSeconds * 1_000 },
  );
}

/** Pans, then drags a card, with real mouse events; frames are timed in the page. */
export async function measureMoves(page: Page): Promise<Moves> {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (pane === null) throw new Error('there is no canvas');
  const pan = await framesDuring(page, 'panning', { x: pane.x + pane.width - 24, y: pane.y + 12 }, -4);
  const drag = await framesDuring(page, 'dragging a card', await middleCard(page), 3);
  return { pan, drag };
}

/** Milliseconds from a key to the frame that shows it, in the name of a card: the 95th percentile of forty. */
export async function measureKeystrokes(page: Page): Promise<number> {
  const card = await middleCard(page);
  await page.mouse.click(card.x, card.y);
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('textbox', { name: 'Name', exact: true });
  await field.focus({ timeout: gestureSeconds * 1_000 });
  const took: number[] = [];
  for (let key = 0; key < 40; key += 1) {
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
    took.push(await within('a letter to be shown', gestureSeconds, shown));
  }
  return percentile(took, 0.95);
}

async function framesDuring(page: Page, what: string, from: { x: number; y: number }, step: number): Promise<number> {
  return within(what, gestureSeconds, timeFrames(page, from, step));
}

async function timeFrames(page: Page, from: { x: number; y: number }, step: number): Promise<number> {
  const moves = 40;
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

async function middleCard(page: Page): Promise<{ x: number; y: number }> {
  const found = page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')?.getBoundingClientRect();
    if (pane === undefined) throw new Error('there is no canvas');
    const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2];
    const far = (box: DOMRect) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
    const boxes = [...document.querySelectorAll('.react-flow__node')]
      .filter((node) => node.getAttribute('data-id')?.startsWith('a'))
      .map((node) => node.getBoundingClientRect());
    const [nearest] = boxes.sort((a, b) => far(a) - far(b));
    if (nearest === undefined) throw new Error('there is no card');
    return { x: nearest.x + nearest.width / 2, y: nearest.y + nearest.height / 3 };
  });
  return within('a card', gestureSeconds, found);
}
