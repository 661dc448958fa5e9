/**
 * `npm run bench:designer`: opens generated flows in Chromium, on built files and with software rendering, and the same graphs in a bare
 * React Flow page beside them. Prints the table of the README.
 */
import { availableParallelism, cpus } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { buildDesigner, launchBrowser } from '../../e2e/browser.ts';
import { signedIn } from '../../e2e/editor-page.ts';
import { type Server, startServer } from '../../support/start-server.ts';
import { bigFlow } from './big-flow.ts';
import { type CanvasFigures, measureKeystrokes, measureMoves, measureOpen } from './gestures.ts';
import { type BarePage, serveBarePage } from './serve-bare.ts';

const times = 5;
const ms = (value: number): string => `${Math.round(value)} ms`;
const rows: string[] = [];

await buildDesigner();
const bare = await serveBarePage();
const [server, browser] = await Promise.all([startServer({ env: { SLUICE_LOG: 'warn' } }), launchBrowser()]);
try {
  const { page } = await signedIn(browser, server);
  for (const count of [200, 1_000]) rows.push(...(await measure(count, page)));
} finally {
  await browser.close();
  await server.stop();
  await bare.stop();
}
console.log(
  `\nMeasured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), software rendering.\n`,
);
console.log('| what | designer | bare React Flow | ratio |\n|---|---|---|---|');
for (const row of rows) console.log(row);

async function measure(count: number, page: Page): Promise<string[]> {
  const flow = bigFlow(`big-${count}`, count);
  await keepDraft(page, server, flow.id, flow);
  await bare.show(flow);
  const ours = await canvasFigures(page, `${server.url}/flows/${flow.id}`, count);
  const key = await measureKeystrokes(page);
  const theirs = await bareFigures(browser, bare, count);
  const row = (what: string, name: keyof CanvasFigures): string =>
    `| ${what}, ${count} actions | ${ms(ours[name])} | ${ms(theirs[name])} | ${(ours[name] / theirs[name]).toFixed(2)} |`;
  return [
    row('Open', 'open'),
    row('Pan, per frame', 'pan'),
    row('Drag a card, per frame', 'drag'),
    `| Keystroke in the inspector, p95, ${count} actions | ${ms(key)} | | |`,
  ];
}

async function canvasFigures(page: Page, url: string, count: number): Promise<CanvasFigures> {
  const open = await measureOpen(page, url, times);
  const drawn = await page.locator('.react-flow__node').count();
  // A page that draws only a part is no match for one that draws all.
  if (drawn !== count) throw new Error(`${url} draws ${drawn} of ${count} cards`);
  return { open, ...(await measureMoves(page)) };
}

async function bareFigures(browser: Browser, { url }: BarePage, count: number): Promise<CanvasFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const figures = await canvasFigures(await context.newPage(), url, count);
  await context.close();
  return figures;
}

async function keepDraft(page: Page, server: Server, id: string, document: object): Promise<void> {
  const headers = { origin: server.url };
  await page.request.post(`${server.url}/api/flows`, { data: { id, name: id }, headers });
  const answer = await page.request.put(`${server.url}/api/flows/${id}/draft`, { data: { document }, headers });
  if (!answer.ok()) throw new Error(`the draft was refused: ${await answer.text()}`);
}
