import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, patienceMs } from '../browser.ts';

const pictures = resolve(import.meta.dirname, '../../screenshots');

/** A browser of its own with one session, which keeps what its pages complain about. */
export interface WatchedContext {
  readonly context: BrowserContext;
  /** Errors in the console, broken content security policy, uncaught errors, and requests to anywhere but the server. */
  readonly complaints: string[];
  /** Pictures of all open pages into test/screenshots/. */
  takePictures(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWatchedContext(serverUrl: string): Promise<WatchedContext> {
  const browser: Browser = await launchBrowser();
  const context = await browser.newContext({ baseURL: serverUrl, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  context.on('console', (message) => {
    const { url } = message.location();
    // Whoever is not signed in is told so with a 401, which Chromium writes to the console whatever the page does with it.
    const isSignedOut = url.endsWith('/api/session') && message.text().includes('401');
    if (message.type() === 'error' && !isSignedOut) complaints.push(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack}`));
  context.on('request', (request) => {
    const isOurs = request.url().startsWith(serverUrl) || /^(data|blob):/.test(request.url());
    if (!isOurs) complaints.push(`request to ${request.url()}`);
  });
  return {
    context,
    complaints,
    async takePictures(name) {
      await mkdir(pictures, { recursive: true });
      const pages = context.pages();
      await Promise.all(pages.map((page, i) => page.screenshot({ path: join(pictures, `failed-${name}-${i}.png`) })));
    },
    close: () => browser.close(),
  };
}

/** Marks the page; the answer is true as long as it was not loaded anew, so that what it shows came in live. */
export async function markPage(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Reflect.set(window, 'sluiceTestMark', true));
  return () => page.evaluate(() => Reflect.get(window, 'sluiceTestMark') === true);
}
