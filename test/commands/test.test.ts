import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { root, sluice, temporaryFolder } from './sluice.ts';

let folder: string;
let cases: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  cases = join(folder, 'support.cases');
  await cp(join(root, 'flows'), folder, { recursive: true });
});

test("the project's own flows treat their mails as their cases say", async () => {
  const outcome = await sluice(['test']);

  expect(outcome).toMatchObject({ code: 0, err: '' });
  expect(outcome.out).toMatch(/^ok {3}support urgent$/m);
  expect(outcome.out).toMatch(/, 0 differ\n$/);
});

test('a flow that treats a mail otherwise says in what, with exit code 1', async () => {
  const file = join(folder, 'support.flow.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"priority": 10', '"priority": 20'));

  const inWords = await sluice(['test', folder]);
  const asJson = await sluice(['test', '--json', file]);

  expect(inWords.code).toBe(1);
  expect(inWords.out).toMatch(/^FAIL support urgent\n {7}priority: expected 10, got 20$/m);
  expect(asJson.code).toBe(1);
  expect(asJson.lines().filter(({ ok }) => ok === false)).toEqual([
    { flow: 'support', case: 'urgent', ok: false, differences: ['priority: expected 10, got 20'] },
  ]);
});

test('services answer as the case says, so that no network is needed', async () => {
  const flow = JSON.parse(await readFile(join(folder, 'support.flow.json'), 'utf8'));
  flow.variables = [{ name: 'topic', type: 'string', initial: '' }];
  flow.actions.ask = {
    type: 'data-action',
    name: 'Ask',
    settings: {
      method: 'GET',
      url: 'https://topics.example/of?subject={{ email.subject | url_encode }}',
      response: [{ variable: 'topic', pointer: '/topic' }],
    },
    next: { success: 'to-priority', failure: 'to-general', timeout: 'to-general' },
  };
  flow.actions.urgent.next.no = 'ask';
  await writeFile(join(folder, 'support.flow.json'), JSON.stringify(flow));
  const answer = (status: number) => [{ url: 'https://topics.example/of', status, body: { topic: 'parcels' } }];
  const write = (name: string, content: object) => writeFile(join(cases, `${name}.case.json`), JSON.stringify(content));
  await write('question', { expect: { queue: 'priority-support', fallback: false }, answers: answer(200) });
  await write('newsletter', { expect: { queue: 'general', fallback: false }, answers: answer(500) });
  await write('invoice-from-a-machine', { expect: { queue: 'general', fallback: false } });

  const outcome = await sluice(['test', folder]);

  expect(outcome).toMatchObject({ code: 0 });
});

test.each([
  [
    'a case that is no JSON',
    async () => writeFile(join(cases, 'urgent.case.json'), '{'),
    /urgent\.case\.json is not JSON/,
  ],
  ['a misspelt expectation', async () => writeFile(join(cases, 'urgent.case.json'), '{"expect":{"queu":"x"}}'), /queu/],
  ['a case without its mail', async () => rm(join(cases, 'urgent.eml')), /urgent\.eml.*no such file/],
  ['a mail without its case', async () => rm(join(cases, 'urgent.case.json')), /no urgent\.case\.json/],
  ['a flow that is none', async () => writeFile(join(folder, 'support.flow.json'), '{}'), /support/],
])('%s fails and is named', async (_what, spoil, words) => {
  await spoil();

  const outcome = await sluice(['test', folder]);

  expect(outcome.code).toBe(1);
  expect(outcome.out).toMatch(words);
});
