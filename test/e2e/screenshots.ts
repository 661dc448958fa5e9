import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { sendSampleMails } from './sample-mails.ts';

/**
 * Pictures of every page, light and dark, wide and narrow, against a running server:
 * `node test/e2e/screenshots.ts --url http://127.0.0.1:3000 [--email … --password …] [--fill] [--only flows]`.
 * On a server without an administrator it makes one; `--fill` first takes the empty pages, then sends sample mails and takes them again.
 */
const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    email: { type: 'string', default: 'ada@demo.test' },
    password: { type: 'string', default: 'a long pass phrase' },
    into: { type: 'string', default: 'test/screenshots' },
    only: { type: 'string' },
    fill: { type: 'boolean', default: false },
  },
});

const widths = [1440, 900] as const;
const schemes = ['light', 'dark'] as const;

const plainPages: readonly [string, string][] = [
  ['start', '/'],
  ['flows', '/flows'],
  ['editor', '/flows/support'],
  ['interactions', '/interactions'],
  ['queues', '/queues'],
  ['outbox', '/outbox'],
  ['mailboxes', '/mailboxes'],
  ['mailbox-new', '/mailboxes/new'],
  ['ledger', '/ledger'],
  ...['routes', 'outbound', 'receiver', 'limits', 'users', 'tokens'].map((section): [string, string] => [
    `settings-${section}`,
    `/settings/${section}`,
  ]),
  ['not-found', '/no/such/page'],
];

const browser = await launchBrowser();
await mkdir(options.into, { recursive: true });
try {
  await takeAll(browser);
} finally {
  await browser.close();
}

async function takeAll(browser: Browser): Promise<void> {
  const context = await browser.newContext({ baseURL: options.url, viewport: { width: widths[0], height: 900 } });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.error(`${page.url()}: ${error.stack}`));

  await page.goto('/');
  await enter(page);
  if (options.fill) {
    await take(page, 'empty-', plainPages);
    await fill(page);
  }
  await take(page, '', [...plainPages, ...(await detailPages(page))]);
}

/** Makes the administrator or signs in, with a picture of the page that asked. */
async function enter(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^(Create administrator|Sign in)$/ });
  await button.waitFor();
  const isSetup = (await button.innerText()) !== 'Sign in';
  await takeOne(page, isSetup ? 'set-up' : 'sign-in');
  if (isSetup) await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('Email').fill(options.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(options.password);
  await button.click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

async function fill(page: Page): Promise<void> {
  const system = await getJson<{ receiver: { host: string; port: number; domains: string[] } | null }>(
    page,
    '/api/system',
  );
  if (!system.receiver) throw new Error('The server has no receiver to send the sample mails to');
  const { host, port, domains } = system.receiver;
  await sendSampleMails({ host, port }, `support@${domains[0]}`);
  await page.goto('/interactions?state=quarantined');
  await page.getByRole('table', { name: 'Interactions' }).waitFor();
}

async function detailPages(page: Page): Promise<[string, string][]> {
  const interactions = await getJson<{ items: { id: string; subject: string; state: string }[] }>(
    page,
    '/api/interactions',
  );
  const queues = await getJson<{ items: { id: string }[] }>(page, '/api/queues');
  const outbox = await getJson<{ items: { id: string }[] }>(page, '/api/outbox');
  const byWord = (word: string) => interactions.items.find((item) => item.subject.includes(word))?.id;
  const wanted: [string, string | undefined][] = [
    ['interaction-urgent', byWord('URGENT')],
    ['interaction-html', byWord('Spring')],
    ['interaction-hostile', byWord('<img')],
    ['interaction-attachments', byWord('Invoice')],
    ['interaction-quarantined', interactions.items.find((item) => item.state === 'quarantined')?.id],
  ];
  return [
    ...wanted.flatMap(([name, id]): [string, string][] => (id === undefined ? [] : [[name, `/interactions/${id}`]])),
    ...queues.items.slice(0, 3).map(({ id }): [string, string] => [`queue-${id}`, `/queues/${id}`]),
    ...outbox.items.slice(0, 1).map(({ id }): [string, string] => ['outbox-detail', `/outbox/${id}`]),
  ];
}

async function take(page: Page, prefix: string, pages: readonly [string, string][]): Promise<void> {
  for (const [name, path] of pages) {
    if (options.only && !name.includes(options.only)) continue;
    await page.goto(path);
    await takeOne(page, `${prefix}${name}`);
  }
}

async function takeOne(page: Page, name: string): Promise<void> {
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      // Live pages never fall silent for the network, so what is waited for is the end of loading as the page shows it.
      await page.waitForFunction(() => !document.querySelector('[aria-label^="Loading"]'));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.screenshot({ path: join(options.into, `${name}-${scheme}-${width}.png`) });
    }
  }
  await page.setViewportSize({ width: widths[0], height: 900 });
}

async function getJson<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(path);
  if (!response.ok()) throw new Error(`GET ${path} answered ${response.status()}`);
  // The caller names the part of the contract that it reads.
  return (await response.json()) as T;
}
