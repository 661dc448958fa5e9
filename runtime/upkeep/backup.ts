import { existsSync } from 'node:fs';
import { chmod, cp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import { makeFolder } from '../make-folder.ts';
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
  const partial = join(dirname(folder), `.${basename(folder)}.partial`);
  try {
    const left = existsSync(folder) ? await readdir(folder) : [];
    if (left.length > 0) {
      const message = `${folder} holds ${left.length} files. Name a folder that is not there yet.`;
      throw new UserError('target-not-empty', message);
    }
    const manifest = await copyInto(partial, { dataFolder, flowsFolder, source, withKey, version, now });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return manifest;
  } catch (thrown) {
    // Half a copy is of no use, and on a disk that it filled it would stand in the way of the next.
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    throw inWords(coerceError(thrown), folder, dataFolder);
  }
}

type Copying = Omit<BackupOptions, 'target'> & { source: string };

async function copyInto(partial: string, options: Copying): Promise<Manifest> {
  const { dataFolder, flowsFolder, source, withKey, version, now } = options;
  await rm(partial, { recursive: true, force: true });
  await makeFolder(partial, 0o700);
  // Settings first: a mailbox that is added meanwhile is then missing, and not one that the database has never heard of.
  await cp(join(dataFolder, 'settings.json'), join(partial, 'settings.json'));
  if (withKey && existsSync(join(dataFolder, keyFile))) await cp(join(dataFolder, keyFile), join(partial, keyFile));
  await copyFlows(flowsFolder, join(partial, 'flows'));
  const copy = join(partial, 'sluice.db');
  await copyPages(source, copy);
  const counts = checkDatabase(copy);
  const files = await describeFiles(partial);
  const madeAt = new Date(now).toISOString();
  const manifest: Manifest = { format: 'sluice-backup-1', version, madeAt, ...counts, files };
  await writeFile(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** What the system or SQLite say of a disk or folder, with what to do about it. */
function inWords(error: Error, folder: string, dataFolder: string): Error {
  if (!('syscall' in error || 'errcode' in error)) return error;
  const message = `${folder} could not be written (${error.message}), and nothing is left of it. Name a folder that can be made, on a disk with room for all the data; and what is in ${dataFolder} must be whole and may be read by you.`;
  return new OperationalError('backup-not-written', message, { cause: error });
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
