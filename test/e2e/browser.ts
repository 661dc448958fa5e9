import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** How long a page may take over one step. Beside other tests' browsers and servers it waits for its turn, too; a step that fails costs this once. */
export const patienceMs = 30_000;

const root = resolve(import.meta.dirname, '../..');

/** Debian's Chromium, without a word to anybody outside this machine. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** The page that the server serves is the one that the sources say. */
export async function buildDesigner(): Promise<void> {
  await promisify(execFile)(process.execPath, [resolve(root, 'runtime/build-designer.ts')], { cwd: root });
}
