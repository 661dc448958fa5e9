import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFlow, sluice, temporaryFolder } from './sluice.ts';

/** Whatever Node the machine has beside the project's own. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path) && majorOf(path) < 24);

const withoutTypeScript = join(await temporaryFolder(), 'node');
await writeFile(withoutTypeScript, `#!/bin/sh\nexec '${process.execPath}' --no-strip-types "$@"\n`, { mode: 0o755 });

const otherNodes: readonly (readonly [string, string])[] = [
  ...(oldNode === undefined ? [] : [['is older', oldNode] as const]),
  ['is built without TypeScript', withoutTypeScript],
];

test.each(otherNodes)('a Node that %s hands over to the one that the project brings', async (_what, node) => {
  const outcome = await sluice(['validate', '--json', '-', 'missing.json'], {
    node,
    input: JSON.stringify({ id: 'x' }),
  });

  expect(outcome.code).toBe(2);
  expect(outcome.lines()).toMatchObject([
    { file: '-', ok: false },
    { file: 'missing.json', ok: false },
  ]);
});

test.each([
  [[], 2],
  [['help'], 0],
  [['validate', '--help'], 0],
])('%j prints what there is, with exit code %d', async (args, code) => {
  const outcome = await sluice(args);

  expect(outcome.code).toBe(code);
  for (const command of ['start', 'validate', 'inspect', 'run', 'test', 'publish']) {
    expect(outcome.out).toMatch(new RegExp(`^ {2}sluice ${command}\\b`, 'm'));
  }
});

test.each([
  [['nope'], /no command "nope"/],
  [['constructor'], /no command "constructor"/],
  [['validate'], /name at least one flow file/],
  [['validate', '--bogus', sampleFlow], /--bogus/],
  [['inspect'], /name at least one mail/],
  [['run', sampleFlow], /name a flow file and at least one mail/],
  [['run', '-', '-'], /cannot both come from standard input/],
  [['publish'], /name one flow file/],
  [['publish', sampleFlow], /a token is needed/],
  [['publish', '--token', 'x', '--url', 'nonsense', sampleFlow], /no address of a server/],
  [['start', 'extra'], /takes no arguments/],
  [['test', 'no/such/folder'], /no such file/],
])('%j is wrong use: one line says why, exit code 2', async (args, words) => {
  const outcome = await sluice(args);

  expect(outcome.code).toBe(2);
  expect(outcome.err).toMatch(words);
  expect(outcome.err.trim().split('\n')).toHaveLength(1);
  expect(outcome.out).toBe('');
});

function majorOf(node: string): number {
  return Number(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1).split('.')[0]);
}
