/**
 * `npm run bench:designer`: opens generated flows in Chromium, on built files and with software rendering, and the same graphs in a bare
 * React Flow page beside them. Prints the table of the README.
 */
import { availableParallelism, cpus } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { flowToGraph } from '../../../designer/graph/flow-to-graph.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { buildDesigner, launchBrowser } from '../../e2e/browser.ts';
import { signedIn } from '../../e2e/editor-page.ts';
import { type Server, startServer } from '../../support/start-server.ts';
import { bigFlow } from './big-flow.ts';
import { measureKeystrokes, measureMoves, measureOpen, type Whole } from './gestures.ts';
import { type BarePage, serveBarePage } from './serve-bare.ts';
import { within } from './within.ts';

const times = 5;
const viewport = { width: 1440, height: 900 };

interface Row {
  what: string;
  sluice: number;
  bare?: number;
  aim: string;
}

const rows: Row[] = [];
await within('all figures', 170, measureAll());
console.log(
  `\nMeasured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), software rendering.\n`,
);
console.log('| what | Sluice | bare React Flow | ratio | aim |\n|---|---|---|---|---|');
for (const { what, sluice, bare, aim } of rows) {
  const ratio = bare === undefined ? '' : (sluice / bare).toFixed(2);
  console.log(`| ${what} | ${ms(sluice)} | ${bare === undefined ? '' : ms(bare)} | ${ratio} | ${aim} |`);
}
process.exit();

async function measureAll(): Promise<void> {
  await buildDesigner();
  const bare = await serveBarePage();
  const [server, browser] = await Promise.all([startServer({ env: { SLUICE_LOG: 'warn' } }), launchBrowser()]);
  try {
    const { page } = await signedIn(browser, server);
    for (const count of [200, 1_000]) await measure(count, page, { browser, server, bare });
  } finally {
    await browser.close();
    await server.stop();
    await bare.stop();
  }
}

interface Measured {
  browser: Browser;
  server: Server;
  bare: BarePage;
}

async function measure(count: number, page: Page, { browser, server, bare }: Measured): Promise<void> {
  const flow = bigFlow(`big-${count}`, count);
  const { nodes, edges } = flowToGraph(flow);
  const whole: Whole = { nodes: nodes.length, edges: edges.length };
  await keepDraft(page, server, flow);
  const open = await measureOpen(page, `${server.url}/flows/${flow.id}`, whole, times);
  const canvas = await page.locator('.react-flow').boundingBox();
  if (canvas === null) throw new Error('there is no canvas');
  const moves = await measureMoves(page);
  const key = await measureKeystrokes(page);

  await bare.show(flow, { width: canvas.width, height: canvas.height });
  const context = await browser.newContext({ viewport });
  const barePage = await context.newPage();
  const bareOpen = await measureOpen(barePage, bare.url, whole, times);
  const bareMoves = await measureMoves(barePage);
  await context.close();

  const isLarge = count === 1_000;
  const add = (what: string, sluice: number, beside: number | undefined, aim: string): void => {
    const row = { what: `${what}, ${count} actions`, sluice, aim };
    rows.push(beside === undefined ? row : { ...row, bare: beside });
  };
  add('Open', open.painted, bareOpen.painted, isLarge ? 'ratio 1.3' : '500 ms');
  add('A click right after, answered', open.answered, bareOpen.answered, '');
  add('Pan, per frame', moves.pan, bareMoves.pan, 'ratio 1.2');
  add('Drag a card, per frame', moves.drag, bareMoves.drag, '20 ms');
  add('A letter in the inspector, p95', key, undefined, '50 ms');
}

async function keepDraft(page: Page, server: Server, flow: Flow): Promise<void> {
  const headers = { origin: server.url };
  const { id } = flow;
  await page.request.post(`${server.url}/api/flows`, { data: { id, name: id }, headers });
  const answer = await page.request.put(`${server.url}/api/flows/${id}/draft`, { data: { document: flow }, headers });
  if (!answer.ok()) throw new Error(`the draft was refused: ${await answer.text()}`);
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
