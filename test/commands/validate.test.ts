import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openSettings } from '../../runtime/settings/settings.ts';
import { sampleFlow, sluice, temporaryFolder } from './sluice.ts';

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  const flow = await readFile(sampleFlow, 'utf8');
  await writeFile(join(folder, 'fine.flow.json'), flow);
  await writeFile(join(folder, 'cut.flow.json'), flow.slice(0, 200));
  await writeFile(join(folder, 'unknown-type.flow.json'), flow.replace('"type": "set-priority"', '"type": "teleport"'));
  await writeFile(join(folder, 'dangling.flow.json'), flow.replace('"done": "to-priority"', '"done": "nowhere"'));
  await writeFile(join(folder, 'other-queue.flow.json'), flow.replace('"queue": "priority-support"', '"queue": "vip"'));
});

test('a good flow is fine', async () => {
  const outcome = await sluice(['validate', 'fine.flow.json'], { cwd: folder });

  expect(outcome).toMatchObject({ code: 0, out: 'fine.flow.json: fine\n', err: '' });
});

test('many files are one JSON line each, in their order, and a bad one does not hide the others', async () => {
  const files = ['cut.flow.json', 'unknown-type.flow.json', 'dangling.flow.json', 'fine.flow.json'];

  const outcome = await sluice(['validate', '--json', ...files], { cwd: folder });

  expect(outcome.code).toBe(1);
  expect(outcome.lines().map(({ file, ok }) => [file, ok])).toEqual(
    files.map((file) => [file, file === 'fine.flow.json']),
  );
  expect(outcome.lines()[0]).toMatchObject({ issues: [{ code: 'not-json', path: '' }] });
  expect(outcome.lines()[1]).toMatchObject({
    issues: [{ path: '/actions/p10/type', message: expect.stringContaining('teleport') }],
  });
  expect(outcome.lines()[2]).toMatchObject({
    issues: expect.arrayContaining([expect.objectContaining({ path: '/actions/p10/next/done', action: 'p10' })]),
  });
});

test('in words, each issue says where it is and what to do', async () => {
  const outcome = await sluice(['validate', 'dangling.flow.json'], { cwd: folder });

  expect(outcome.code).toBe(1);
  expect(outcome.out).toMatch(/^dangling\.flow\.json: not fit to publish, \d issues?$/m);
  expect(outcome.out).toMatch(/^ {2}error [a-z-]+ at p10 \/actions\/p10\/next\/done: .+/m);
});

test('a file that is not there is wrong use, and the others are still checked', async () => {
  const outcome = await sluice(['validate', '--json', 'gone.json', folder, 'fine.flow.json'], { cwd: folder });

  expect(outcome.code).toBe(2);
  expect(outcome.lines()).toMatchObject([
    {
      file: 'gone.json',
      ok: false,
      issues: [{ code: 'file-unreadable', message: expect.stringContaining('no such file') }],
    },
    { file: folder, ok: false, issues: [{ code: 'file-unreadable', message: expect.stringContaining('folder') }] },
    { file: 'fine.flow.json', ok: true },
  ]);
});

test('standard input is -', async () => {
  const outcome = await sluice(['validate', '-'], { input: await readFile(sampleFlow) });

  expect(outcome).toMatchObject({ code: 0, out: '-: fine\n' });
});

test('queues are checked where there is an installation that knows them', async () => {
  const data = join(folder, 'data');
  await openSettings(data, {});

  const knowing = await sluice(['validate', 'other-queue.flow.json'], { cwd: folder, env: { SLUICE_DATA: data } });
  const notKnowing = await sluice(['validate', 'other-queue.flow.json'], { cwd: folder });

  expect(knowing.code).toBe(1);
  expect(knowing.out).toContain('vip');
  expect(notKnowing.code).toBe(0);
});
