#!/usr/bin/env node
// The command `sluice`. Plain JavaScript, because it must also start under a Node that cannot read TypeScript, which is too old
// or, as some distributions have it, built without: it then hands over to the Node 24 that the project installs for itself.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const major = Number(process.versions.node.split('.')[0]);

if (major >= 24 && process.features.typescript) {
  // Most of the time that a short command takes is reading TypeScript, which cached code needs none of. Older Nodes have no such cache.
  const { keepHeapsSmall, takeCodeFromCache } = await import('./frugal.js');
  takeCodeFromCache();
  keepHeapsSmall();
  await import('./cli.ts');
} else {
  const node = [here('../node_modules/.bin/node'), here('../../.bin/node')].find((path) => existsSync(path));
  if (node === undefined) {
    console.error(
      `Sluice needs a Node 24 that reads TypeScript; this is ${process.version}. Run "npm ci" in its folder, which installs one.`,
    );
    process.exit(2);
  }
  const { status, signal } = spawnSync(node, [here('./cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (signal !== null) process.kill(process.pid, signal);
  process.exit(status ?? 2);
}
