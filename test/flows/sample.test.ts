import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { addSampleFlow } from '../../runtime/flows/sample.ts';

const sample = resolve(import.meta.dirname, '../../flows/support.flow.json');

it('puts the sample flow into a folder that does not exist yet', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'sluice-sample-')), 'flows');

  await addSampleFlow(folder, sample);

  expect(await readdir(folder)).toEqual(['support.flow.json']);
});

it('leaves a folder alone that holds a flow', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-sample-'));
  await writeFile(join(folder, 'sales.flow.json'), '{}');

  await addSampleFlow(folder, sample);

  expect(await readdir(folder)).toEqual(['sales.flow.json']);
});
