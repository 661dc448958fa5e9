import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');

/** Texts in backticks that match. */
function named(text: string, pattern: RegExp): string[] {
  return [
    ...new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).filter((name) => pattern.test(name))),
  ];
}

test('every test that the page of promises names exists', () => {
  const tests = named(read('trust.md'), /\.test\.tsx?$/);

  const missing = tests.filter((file) => !existsSync(join(root, file)));

  expect(tests.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

test('every file that the table of limits names exists', () => {
  const files = named(read('limits.md'), /^[\w-]+\/[\w/-]+\.ts$/);

  const missing = files.filter((file) => !existsSync(join(root, file)) && !existsSync(join(root, 'runtime', file)));

  expect(files.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test('every fault that the bench knows stands on the page of promises', async () => {
  const { faultKinds } = await import('../faults/kinds/index.ts');
  const text = read('trust.md');

  expect(faultKinds.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
