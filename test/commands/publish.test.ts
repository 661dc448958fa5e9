import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../support/start-server.ts';
import { sampleFlow, sluice, temporaryFolder } from './sluice.ts';

let server: Server;
let file: string;
let env: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  file = join(await temporaryFolder(), 'second.flow.json');
  env = { SLUICE_URL: server.url, SLUICE_TOKEN: server.token };
});
afterAll(() => server?.stop());

async function writeFlow(change: (text: string) => string): Promise<void> {
  const text = await readFile(sampleFlow, 'utf8');
  await writeFile(
    file,
    change(text.replace('"id": "support"', '"id": "second"').replace('"name": "Support"', '"name": "Second"')),
  );
}

test('a flow goes live with its message', async () => {
  await writeFlow((text) => text);

  const outcome = await sluice(['publish', '--message', 'A second flow', file], { env });
  const again = await sluice(['publish', '--json', file], { env });

  expect(outcome).toMatchObject({ code: 0, out: `+ first version\n${file}: published as version 1\n`, err: '' });
  expect(again.code).toBe(0);
  expect(again.lines()).toMatchObject([{ version: 1, changes: ['every mail is treated as before'] }]);
  const { items } = await server.api<{ items: { id: string; name: string }[] }>('GET', '/api/flows');
  expect(items.find(({ id }) => id === 'second')).toMatchObject({ name: 'Second' });
  const versions = await server.api<{ items: { message: string }[] }>('GET', '/api/flows/second/versions');
  expect(versions.items.map(({ message }) => message)).toContain('A second flow');
});

test('what goes live is told, setting by setting', async () => {
  await writeFlow((text) => text);
  await sluice(['publish', file], { env });
  await writeFlow((text) =>
    text
      .replace('"priority": 10', '"priority": 20')
      .replace('"done": "to-general"', '"done": "to-priority"')
      .replace('[URGENT]', '[ASAP]'),
  );

  const outcome = await sluice(['publish', '--message', 'More urgent', file], { env });

  expect(outcome.code).toBe(0);
  expect(outcome.out).toContain('    priority: 10 → 20\n');
  expect(outcome.out).toContain('subject contains “[URGENT]” → subject contains “[ASAP]”\n');
  expect(outcome.out).toMatch(/outcome done now leads to “.+” \(before: leads to “.+”\)\n/);
  expect(outcome.out).toMatch(/published as version 2\n$/);
});

test('a flow with errors is refused with all of them, and what is live stays', async () => {
  await writeFlow((text) =>
    text.replace('"done": "to-priority"', '"done": "nowhere"').replace('"queue": "general"', '"queue": "attic"'),
  );

  const outcome = await sluice(['publish', file], { env });

  expect(outcome.code).toBe(1);
  expect(outcome.err).toMatch(/\/actions\/p10\/next\/done: /);
  expect(outcome.err).toMatch(/attic/);
});

test('a flow whose cases differ is refused with each difference, until an administrator says why it may', async () => {
  const changed = join(await temporaryFolder(), 'support.flow.json');
  const text = await readFile(sampleFlow, 'utf8');
  await writeFile(changed, text.replace('"priority": 10', '"priority": 20'));

  const refused = await sluice(['publish', changed], { env });
  const published = await sluice(['publish', '--override-cases', 'the case follows', changed], { env });

  expect(refused.code).toBe(1);
  expect(refused.err).toContain('\n  urgent: priority: expected 10, got 20');
  expect(published.code).toBe(0);
});

test.each([
  ['a wrong token', { SLUICE_TOKEN: 'not-the-right-token' }, /token|sign/i],
  ['a server that is away', { SLUICE_URL: 'http://127.0.0.1:9' }, /No answer from http:\/\/127\.0\.0\.1:9/],
])('%s: one line, exit code 1', async (_what, wrong, words) => {
  await writeFlow((text) => text);

  const outcome = await sluice(['publish', file], { env: { ...env, ...wrong } });

  expect(outcome.code).toBe(1);
  expect(outcome.err).toMatch(words);
  expect(outcome.err.trim().split('\n')).toHaveLength(1);
});

test.each([
  ['{', /is not JSON/],
  ['[]', /has no "id"/],
])('a file with %s is wrong use', async (text, words) => {
  await writeFile(file, text);

  const outcome = await sluice(['publish', file], { env });

  expect(outcome.code).toBe(2);
  expect(outcome.err).toMatch(words);
});
