import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { UserError } from '../../schemas/errors.ts';
import { keyFile } from '../settings/secrets.ts';
import { describeFiles, type Manifest, manifestName } from './manifest.ts';
import { checkDatabase } from './whole-database.ts';

interface BackupOptions {
  dataFolder: string;
  flowsFolder: string;
  /** Must not exist, or be empty. */
  target: string;
  /** The key opens every password in the settings: kept in the same place it protects nothing. */
  withKey: boolean;
  version: string;
  now: number;
}

/** In one step: with smaller ones every commit of the server would make the copy begin again. Readers and writers go on meanwhile. */
const allPages = 2 ** 31 - 1;

/**
 * Copies data folder and flows while the server goes on working, checks the copy page by page, and gives it its name only then.
 *
 * @throws UserError `no-data`, `target-not-empty`; OperationalError `backup-damaged`; what the disk says.
 */
export async function backup({
  dataFolder,
  flowsFolder,
  target,
  withKey,
  version,
  now,
}: BackupOptions): Promise<Manifest> {
  const source = join(dataFolder, 'sluice.db');
  if (!existsSync(source)) {
    throw new UserError('no-data', `There is no Sluice in ${dataFolder}. Set SLUICE_DATA to its data folder.`);
  }
  const folder = resolve(target);
  const left = existsSync(folder) ? await readdir(folder) : [];
  if (left.length > 0) {
    throw new UserError(
      'target-not-empty',
      `${folder} holds ${left.length} files. Name a folder that is not there yet.`,
    );
  }
  const partial = join(dirname(folder), `.${basename(folder)}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  // Settings first: a mailbox that is added meanwhile is then missing, and not one that the database has never heard of.
  await cp(join(dataFolder, 'settings.json'), join(partial, 'settings.json'));
  if (withKey && existsSync(join(dataFolder, keyFile))) await cp(join(dataFolder, keyFile), join(partial, keyFile));
  await copyFlows(flowsFolder, join(partial, 'flows'));
  await copyPages(source, join(partial, 'sluice.db'));
  const manifest: Manifest = {
    format: 'sluice-backup-1',
    version,
    madeAt: new Date(now).toISOString(),
    ...checkDatabase(join(partial, 'sluice.db')),
    files: await describeFiles(partial),
  };
  await writeFile(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return manifest;
}

async function copyPages(source: string, target: string): Promise<void> {
  const database = new DatabaseSync(source, { readOnly: true });
  try {
    await copyDatabase(database, target, { rate: allPages });
  } finally {
    database.close();
  }
  await chmod(target, 0o600);
}

/** Flow files and their cases; the history of their repository belongs to git. */
async function copyFlows(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await cp(from, to, { recursive: true, filter: (path) => path === from || !basename(path).startsWith('.') });
}
