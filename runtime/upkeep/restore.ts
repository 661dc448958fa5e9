import { existsSync } from 'node:fs';
import { cp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import { makeFolder } from '../make-folder.ts';
import { keyFile } from '../settings/secrets.ts';
import { workInFolder } from '../work-in-folder.ts';
import { differencesOf, type Manifest, readManifest } from './manifest.ts';
import { holdWhatWaited, restoredMark } from './restored.ts';
import { checkDatabase } from './whole-database.ts';

interface RestoreOptions {
  /** Of the backup. */
  source: string;
  dataFolder: string;
  flowsFolder: string;
  now: number;
}

export interface Restored {
  manifest: Manifest;
  /** False where flows were there already: they are left as they are. */
  areFlowsRestored: boolean;
  hasKey: boolean;
}

/**
 * Puts a backup where a server looks for its data, all of it or nothing. What is there already is never written over. Answers that may have been
 * sent since the backup was made are held for a person.
 *
 * @throws UserError `no-backup`, `data-exists`; OperationalError `backup-damaged`, `folder-unusable`.
 */
export async function restore({ source, dataFolder, flowsFolder, now }: RestoreOptions): Promise<Restored> {
  const from = resolve(source);
  const manifest = await readManifest(from);
  const differences = await differencesOf(from, manifest);
  if (differences.length > 0) {
    throw new OperationalError('backup-damaged', `The backup is not as it was made: ${differences.join('; ')}.`);
  }
  checkDatabase(join(from, 'sluice.db'));
  const folder = resolve(dataFolder);
  const partial = join(dirname(folder), `.${basename(folder)}.partial`);
  return await workInFolder(folder, 'SLUICE_DATA', async () => {
    const there = existsSync(folder) ? await readdir(folder) : [];
    if (there.length > 0) {
      const words = `${folder} is not empty. Move it away, or set SLUICE_DATA to a folder that is not there yet.`;
      throw new UserError('data-exists', words);
    }
    try {
      await copyInto(partial, from, restoredMark(now, manifest.madeAt));
      const areFlowsRestored = await restoreFlows(join(from, 'flows'), resolve(flowsFolder));
      if (existsSync(folder)) await rmdir(folder);
      await rename(partial, folder);
      return { manifest, areFlowsRestored, hasKey: existsSync(join(folder, keyFile)) };
    } catch (thrown) {
      // What cannot be removed either must not hide why nothing was restored.
      await rm(partial, { recursive: true, force: true }).catch(() => undefined);
      throw thrown;
    }
  });
}

async function copyInto(partial: string, from: string, mark: { name: string; content: string }): Promise<void> {
  await rm(partial, { recursive: true, force: true });
  await makeFolder(partial, 0o700);
  for (const name of ['sluice.db', 'settings.json', keyFile]) {
    if (existsSync(join(from, name))) await cp(join(from, name), join(partial, name));
  }
  holdWhatWaited(join(partial, 'sluice.db'));
  await writeFile(join(partial, mark.name), mark.content, { mode: 0o600 });
}

/** Flows that stop half way are taken away again: the next try would take them for somebody's own. */
async function restoreFlows(from: string, to: string): Promise<boolean> {
  if (!existsSync(from)) return false;
  return await workInFolder(to, 'SLUICE_FLOWS', async () => {
    const there = existsSync(to) ? await readdir(to) : [];
    if (there.some((name) => !name.startsWith('.'))) return false;
    await makeFolder(to);
    const names = await readdir(from);
    try {
      for (const name of names) await cp(join(from, name), join(to, name), { recursive: true });
    } catch (thrown) {
      for (const name of names) await rm(join(to, name), { recursive: true, force: true }).catch(() => undefined);
      throw thrown;
    }
    return true;
  });
}
