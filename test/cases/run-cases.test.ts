import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCases } from '../../runtime/cases/case-files.ts';
import { differenceInWords } from '../../runtime/cases/expectation.ts';
import { cachedParse } from '../../runtime/cases/mail-cache.ts';
import { runCases } from '../../runtime/cases/run-cases.ts';
import type { EnginePorts } from '../../runtime/engine/ports.ts';
import type { Flow } from '../../schemas/flow.ts';
import { typicalEmail, realPorts } from '../engine/given.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-cases-'));
});
afterEach(() => rm(folder, { recursive: true }));

const flow: Flow = {
  id: 'support',
  name: 'Support',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'early',
  actions: {
    early: {
      type: 'decision',
      name: 'Early?',
      settings: { condition: { '<': [{ var: 'system.now' }, '2026-06-01'] } },
      next: { yes: 'to-a', no: 'to-b' },
    },
    'to-a': { type: 'transfer-to-queue', name: 'A', settings: { queue: 'a' } },
    'to-b': { type: 'transfer-to-queue', name: 'B', settings: { queue: 'b' } },
  },
};

async function write(name: string, document: object): Promise<void> {
  await writeFile(join(folder, `${name}.case.json`), JSON.stringify(document));
  await writeFile(join(folder, `${name}.eml`), 'Subject: x\r\n\r\n');
}

async function resultsOf(options: { engine?: EnginePorts; deadline?: number } = {}) {
  const parse = () => Promise.resolve(typicalEmail());
  const results = [];
  for await (const result of runCases(flow, await readCases(folder), { folder, engine: realPorts(), parse, ...options })) {
    results.push(result);
  }
  return results;
}

test('a case is at its own moment, whatever the time is', async () => {
  await write('spring', { expect: { queue: 'a' }, now: '2026-04-01T08:00:00Z' });
  await write('summer', { expect: { queue: 'a' }, now: '2026-07-01T08:00:00Z' });

  const results = await resultsOf();

  expect(results.map(({ name, ok }) => [name, ok])).toEqual([
    ['spring', true],
    ['summer', false],
  ]);
  expect(results[1]?.differences.map(differenceInWords)).toEqual(['queue: expected "a", got "b"']);
});

test('a part that the run does not have is a difference in words', async () => {
  await write('reason', { expect: { reason: 'full' }, now: '2026-04-01T08:00:00Z' });

  const [result] = await resultsOf();

  expect(result?.differences.map(differenceInWords)).toEqual(['reason: expected "full", got none']);
});

test('what the time does not suffice for is failed and said so, not left out', async () => {
  for (const name of ['one', 'three', 'two']) await write(name, { expect: {} });
  let clock = 0;
  const ports = realPorts();
  const engine = { ...ports, clock: { now: () => 0, monotonic: () => clock++ * 1_000 } };

  const results = await resultsOf({ engine, deadline: 1_500 });

  expect(results.map(({ ok, isRun }) => [ok, isRun])).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ]);
  expect(results[1]?.problem).toContain('time');
});

test('a mail is parsed once as long as it is the same, and again where it failed', async () => {
  const parsed: string[] = [];
  const parse = cachedParse((bytes) => {
    const text = new TextDecoder().decode(bytes);
    parsed.push(text);
    return text === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve(typicalEmail());
  });
  const bytes = (text: string) => new TextEncoder().encode(text);

  await parse(bytes('one'), undefined);
  await parse(bytes('one'), undefined);
  await parse(bytes('one'), { from: '', to: [] });
  await parse(bytes('bad'), undefined).catch(() => undefined);
  await parse(bytes('bad'), undefined).catch(() => undefined);

  expect(parsed).toEqual(['one', 'one', 'bad', 'bad']);
});
