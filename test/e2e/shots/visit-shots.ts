import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Server } from '../../support/start-server.ts';
import { fillDesk } from './desk/fill-desk.ts';
import { type Login, type Person, signIn } from './desk/people.ts';
import { editorShots, emptyEditorShots } from './editor-shots.ts';
import { emptyShots, newShots, pageShots } from './page-shots.ts';
import type { Named, Shot } from './shot.ts';

const ada: Login = { name: 'Ada Lovelace', email: 'ada@demo.test', password: 'a long pass phrase' };
const ben: Login = { name: 'Ben Okafor', email: 'ben@demo.test', password: 'another long pass phrase' };

export interface Visited {
  shot: Shot;
  page: Page;
  /** Opens the page and does what the shot asks for, again each time. */
  open(): Promise<void>;
  /** Turns the page light or dark, and waits until its colours stand still. */
  paint(colorScheme: ColourScheme): Promise<void>;
}

type ColourScheme = 'light' | 'dark';

interface Tour {
  server: Server;
  browser: Browser;
  /** Only shots whose names contain it. */
  only?: string | undefined;
  /** From shot to shot within the loaded page, as by a link, where it can be left: much faster, but a toast of the former shot may still stand. */
  staysLoaded?: boolean;
  visit: (visited: Visited) => Promise<void>;
}

/** Two pages at a time: while one waits for the server the other is drawn. */
const lanes = 2;

/** Takes a new server through its life, and visits every shot of each time: before set-up, empty, at work. */
export async function visitShots({ server, browser, only = '', staysLoaded = false, visit }: Tour): Promise<void> {
  const contexts = await Promise.all(Array.from({ length: lanes }, () => newContext(browser, server)));
  const strangers = await newContext(browser, server);
  const pages = await Promise.all(contexts.map(newPage));
  const round = async (shots: readonly Shot[], named: Named) => {
    const left = shots.filter(({ name }) => name.includes(only));
    await Promise.all(
      pages.map(async (page) => {
        // What the page knows from before the round is of another time.
        let isLoaded = false;
        for (let shot = left.shift(); shot !== undefined; shot = left.shift()) {
          // A page of its own for each would start a process each time: half of what a visit costs.
          if (shot.isSignedOut) {
            await visitAlone({ shot, context: strangers, named, visit, isLoaded: false });
            continue;
          }
          await visitOne({ shot, page, named, visit, isLoaded });
          isLoaded = staysLoaded;
        }
      }),
    );
  };
  try {
    await round(newShots, nothingNamed);
    await server.api('POST', '/api/setup', ada);
    await server.api('POST', '/api/users', { ...ben, role: 'designer' });
    const [first] = await Promise.all(contexts.map((context) => signIn(context, server.url, ada)));
    await round([...emptyShots, ...emptyEditorShots], nothingNamed);
    if (first === undefined) throw new Error('There is no lane to go');
    const office = await newContext(browser, server);
    await fillDesk({ server, ada: first, ben: await signIn(office, server.url, ben) });
    await office.close();
    await round([...pageShots, ...editorShots], await readNames(first));
  } finally {
    await Promise.all([...contexts, strangers].map((context) => context.close()));
  }
}

const nothingNamed: Named = {
  interaction: () => 'none',
  answer: () => 'none',
};

async function newContext(browser: Browser, server: Server): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  // Beside other tests a page may wait long for its turn to draw.
  context.setDefaultTimeout(90_000);
  return context;
}

async function readNames(person: Person): Promise<Named> {
  type Items = { items: { id: string; subject: string }[] };
  const [mails, answers] = await Promise.all([
    person.call<Items>('GET', '/api/interactions?limit=200'),
    person.call<Items>('GET', '/api/outbox?limit=200'),
  ]);
  const idIn = (items: Items['items'], text: string): string => {
    const found = items.find(({ subject }) => subject.includes(text));
    if (found === undefined) throw new Error(`Nothing has the subject “${text}”`);
    return found.id;
  };
  return {
    interaction: (subject) => idIn(mails.items, subject),
    answer: (subject) => idIn(answers.items, subject),
  };
}

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  // What a shot has typed and not saved is left behind.
  page.on('dialog', (dialog) => void dialog.accept());
  return page;
}

interface Visit {
  shot: Shot;
  named: Named;
  visit: Tour['visit'];
  /** Whether the page may be gone on from within. */
  isLoaded: boolean;
}

async function visitAlone({ context, ...rest }: Visit & { context: BrowserContext }): Promise<void> {
  const page = await newPage(context);
  await visitOne({ page, ...rest });
  await page.close();
}

async function visitOne({ shot, page, named, visit, isLoaded }: Visit & { page: Page }): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.emulateMedia({ colorScheme: 'light' });
  const open = async () => {
    const path = typeof shot.at === 'string' ? shot.at : shot.at(named);
    if (!isLoaded || !(await goWithin(page, path))) await page.goto(path);
    await loaded(page);
    await shot.prepare?.(page);
    await loaded(page);
  };
  try {
    await visit({ shot, page, open, paint: (colorScheme) => paint(page, colorScheme) });
  } catch (cause) {
    throw new Error(`The shot “${shot.name}” failed at ${page.url()}`, { cause });
  }
}

const nowhere = '/no/such/page';

/** Goes on as by a link, by way of a page that nothing of the former one outlives; false where that does not let go. */
async function goWithin(page: Page, path: string): Promise<boolean> {
  if (path === nowhere || (await page.getByRole('dialog').count()) > 0) return false;
  const push = (address: string) =>
    page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate', { state: null }));
    }, address);
  const between = page.getByRole('heading', { level: 1, name: 'No such page' });
  try {
    await push(nowhere);
    await between.waitFor({ timeout: 5_000 });
    await push(path);
    await between.waitFor({ state: 'detached', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

async function paint(page: Page, colorScheme: ColourScheme): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((scheme) => document.documentElement.dataset.mantineColorScheme === scheme, colorScheme);
  await frames(page);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
}

/** Live pages never fall silent for the network: what is waited for is the end of loading as the page shows it. */
async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1, [role=application]') !== null && !document.querySelector('[aria-label^="Loading"]'),
  );
  await frames(page);
}

/** Resolves when what was changed is drawn. */
async function frames(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
