import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { visitShots } from './shots/visit-shots.ts';
import { seriousFindings } from './support/accessibility.ts';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

// About a hundred states of pages; each is opened, scanned, turned dark and scanned for contrast.
// Not tried again: the server of the first try has its administrator already.
const options = { timeout: 900_000, retry: 0 };

it('no page and no panel has a serious accessibility finding, in the light and in the dark', options, async () => {
  const findings: string[] = [];
  let visited = 0;

  await visitShots({
    server,
    browser,
    staysLoaded: true,
    async visit({ shot, page, open, paint }) {
      await open();
      // An empty page has the colours of the full one, and panels are painted like the editor that they stand in.
      const hasOwnColours = !shot.isOfPanels && !shot.name.startsWith('empty-');
      for (const colorScheme of hasOwnColours ? (['light', 'dark'] as const) : (['light'] as const)) {
        await paint(colorScheme);
        // What is wrong in both is told once.
        const found = await seriousFindings(page, {
          ...(colorScheme === 'dark' ? { only: ['color-contrast'] } : {}),
          // Half of the time would go into the same cards again and again, which the shots of the editor have.
          ...(shot.isOfPanels ? { without: ['.react-flow', 'nav[aria-label="Main"]', '[aria-label="Palette"]'] } : {}),
        });
        findings.push(...found.map((finding) => `${shot.name}, ${colorScheme}: ${finding}`));
      }
      visited += 1;
    },
  });

  expect(findings).toEqual([]);
  expect(visited).toBeGreaterThan(90);
});
