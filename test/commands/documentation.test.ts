import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionTypes } from '../../schemas/actions/index.ts';
import { operators } from '../../schemas/operators.ts';
import { makeMail } from '../support/mails.ts';
import { root, sluice, temporaryFolder } from './sluice.ts';

test('the flow and the case in docs/flows.md are fine and fit each other', async () => {
  const [flow = '', , expectation = ''] = jsonBlocks(await page());
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'orders.cases'));
  await writeFile(join(folder, 'orders.flow.json'), flow);
  await writeFile(join(folder, 'orders.cases/urgent.case.json'), expectation);
  await writeFile(join(folder, 'orders.cases/urgent.eml'), makeMail());

  const validated = await sluice(['validate', join(folder, 'orders.flow.json')]);
  const tested = await sluice(['test', folder]);

  expect(validated).toMatchObject({ code: 0, out: expect.stringMatching(/: fine\n$/) });
  expect(tested).toMatchObject({ code: 0, out: expect.stringContaining('ok   orders urgent') });
});

test('the task in docs/flows.md can be called', async () => {
  const [flow = '', tasks = ''] = jsonBlocks(await page());
  const folder = await temporaryFolder();
  const document = { ...JSON.parse(flow), ...JSON.parse(tasks), entry: 'call' };
  const settings = { task: 'thank', inputs: { what: 'writing' }, outputs: { topic: 'said' } };
  document.actions.call = { type: 'call-task', name: 'Thank', settings, next: { done: 'is-billing' } };
  delete document.actions.ask;
  await writeFile(join(folder, 'orders.flow.json'), JSON.stringify(document));
  await writeFile(join(folder, 'mail.eml'), makeMail());

  const validated = await sluice(['validate', join(folder, 'orders.flow.json')]);
  const ran = await sluice(['run', join(folder, 'orders.flow.json'), join(folder, 'mail.eml'), '--json']);

  expect(validated.out).toMatch(/: fine\n$/);
  expect(JSON.stringify(ran.lines())).toContain('Thank you for writing');
});

test('every action type and every operator of ours is described there', async () => {
  const text = await page();
  const own = Object.entries(operators).flatMap(([name, operator]) => ('own' in operator ? [name] : []));

  const missing = [...Object.keys(actionTypes), ...own].filter(
    (name) => !text.includes(`\`${name}\``) && !text.includes(`"${name}":`),
  );

  expect(missing).toEqual([]);
});

function page(): Promise<string> {
  return readFile(join(root, 'docs/flows.md'), 'utf8');
}

function jsonBlocks(text: string): string[] {
  return [...text.matchAll(/```json\n(.*?)```/gs)].map(([, block = '']) => block);
}
