import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** All that ends up in the built page, or decides how it is built. */
const sources = ['designer', 'schemas', 'vite.config.ts', 'package-lock.json'];

/** Written last by Vite's build of the page, so that it is as old as the whole. */
const built = join(project, 'dist', 'index.html');

const builtAt = await modifiedAt(built);
const changedAt = Math.max(...(await Promise.all(sources.map((source) => newestIn(join(project, source))))));
if (builtAt === null || changedAt > builtAt) {
  // React is built for whoever runs it: a test's environment would put its slow development build into the page.
  process.env.NODE_ENV = 'production';
  const startedAt = performance.now();
  await build({ root: join(project, 'designer'), configFile: join(project, 'vite.config.ts'), logLevel: 'error' });
  console.log(`Built the designer in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

/** Time of the newest file or folder; a deleted file shows in its folder. */
async function newestIn(path: string): Promise<number> {
  const own = (await modifiedAt(path)) ?? 0;
  const entries = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all(entries.map((entry) => modifiedAt(join(path, entry))));
  return Math.max(own, ...times.map((time) => time ?? 0));
}

/** Milliseconds since the epoch; null if there is nothing. */
async function modifiedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}
