import { cp, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

/**
 * Puts the sample flow into a folder that holds no flow yet, so that a first start has something to publish. Only called where nothing was
 * ever configured: somebody who removed all flows wants none.
 */
export async function addSampleFlow(folder: string, sample: string): Promise<void> {
  await makeFolder(folder);
  const names = await readdir(folder);
  if (names.some((name) => name.endsWith('.flow.json'))) return;
  await cp(sample, join(folder, basename(sample)), { errorOnExist: true, force: false });
}
