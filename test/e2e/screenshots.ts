import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../support/start-server.ts';
import { buildDesigner, launchBrowser } from './browser.ts';
import { type Visited, visitShots } from './shots/visit-shots.ts';

/**
 * Pictures of every page and panel, empty and at work, light and dark, wide and narrow:
 * `npm run screenshots -- [folder] [--only try]`. It starts a server of its own and fills it; what is pictured stands in
 * test/e2e/shots/. Exit code 1 if a page could not be brought to where its picture is taken.
 */
const { values: options, positionals } = parseArgs({
  options: { only: { type: 'string' }, width: { type: 'string' } },
  allowPositionals: true,
});
const [into = 'test/screenshots'] = positionals;
const widths = options.width === undefined ? [1440, 900] : [Number(options.width)];

const startedAt = performance.now();
await Promise.all([buildDesigner(), mkdir(into, { recursive: true })]);
const [server, browser] = await Promise.all([startServer(), launchBrowser()]);
let taken = 0;
try {
  await visitShots({ server, browser, only: options.only, visit: take });
} finally {
  await browser.close();
  await server.stop();
}
console.log(`${taken} pictures in ${into} after ${Math.round((performance.now() - startedAt) / 1_000)} s`);

async function take({ shot, page, open, paint }: Visited): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    try {
      await open();
    } catch (error) {
      // The others are worth having all the same.
      console.error(`${shot.name}, ${width} wide: ${error}`);
      process.exitCode = 1;
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await paint(colorScheme);
      await page.screenshot({ path: join(into, `${shot.name}-${colorScheme}-${width}.png`), animations: 'disabled' });
      taken += 1;
    }
    await paint('light');
  }
}
