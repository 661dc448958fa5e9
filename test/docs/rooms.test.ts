import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The folder and the cell of what it may import, of each row of the table of rooms. */
const table = new Map(
  Array.from(
    readFileSync(join(root, 'docs/architecture.md'), 'utf8').matchAll(
      /^\| `((?:runtime|schemas)\/[\w-]*)\/?`.*\| (.*) \|$/gm,
    ),
    ([, folder = '', cell = '']) => [folder.replace(/\/$/, ''), cell] as const,
  ),
);

test('every folder of the runtime is a room of the table', () => {
  const folders = readdirSync(join(root, 'runtime'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

  expect(folders.map(({ name }) => `runtime/${name}`).filter((folder) => !table.has(folder))).toEqual([]);
});

test('the table of rooms names what the import rules allow', async () => {
  const rules = pathToFileURL(join(root, '.dependency-cruiser.js')).href;
  const { rooms }: { rooms: Readonly<Record<string, readonly string[]>> } = await import(rules);

  const missing = Object.entries(rooms).flatMap(([room, allowed]) =>
    allowed
      .map((path) => path.split('/')[1] ?? '')
      .filter((name) => !table.get(room)?.includes(name))
      .map((name) => `${room}: ${name}`),
  );

  expect(Object.keys(rooms).length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
