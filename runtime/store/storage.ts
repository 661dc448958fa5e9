import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StorageTrouble } from '../../schemas/api/system.ts';
import { coerceError } from '../../schemas/errors.ts';
import { inTime } from './in-time.ts';
import type { Store } from './store.ts';

export interface Storage {
  /** Null where all is well. */
  look(): Promise<StorageTrouble | null>;
}

/** Many may ask, and each look costs a flush to disk: one answer serves all who ask within this time. */
const keptMs = 2_000;

/**
 * Below this a mail is not surely stored, although tiny writes may still succeed and so prove nothing: the log of the database grows to 32 MB
 * before it is copied back, and a mail of 25 MB stands in it on its way.
 */
const fullBytes = 64 * 1_048_576;

/** Ten of the largest mails that are usual, with the log of the database: time to act before the first one is refused. */
const lowBytes = 256 * 1_048_576;

const fullMessage =
  "The data folder's disk is full, and mail waits on its servers. Free some space: work goes on by itself.";

export function createStorage({ store, clock, log }: Needed): Storage {
  let last: { since: number; trouble: Promise<StorageTrouble | null> } | undefined;

  async function find(): Promise<StorageTrouble | null> {
    const free = await freeBytes(store.file);
    const error = await writeError(store, clock.now());
    if (error !== null) {
      log.warn({ error }, 'Not ready: the store could not be written');
      if ('code' in error && error.code === 'store-full') return { state: 'full', message: fullMessage };
      return { state: 'failing', message: `${error.message} Mail waits on its servers meanwhile.` };
    }
    if (free >= lowBytes) return null;
    const megabytes = Math.floor(free / 1_048_576);
    const left = `The data folder's disk has only ${megabytes} MB left`;
    if (free >= fullBytes) return { state: 'low', message: `${left}. Free some space before mail has to wait.` };
    log.warn({ megabytes }, 'Not ready: a mail may find no room on the disk');
    return { state: 'full', message: `${left}: large mail waits on its servers. Free some space.` };
  }

  return {
    look() {
      const now = clock.now();
      if (last === undefined || Math.abs(now - last.since) >= keptMs) last = { since: now, trouble: find() };
      return last.trouble;
    },
  };
}

interface Needed {
  store: Pick<Store, 'commit' | 'file'>;
  clock: { now(): number };
  log: { warn(data: object, message: string): void };
}

/** What the account that runs this may still write there; infinite where the file system does not say. */
async function freeBytes(file: string): Promise<number> {
  try {
    const { blocks, bavail, bfree, bsize } = await statfs(dirname(file));
    // Some blocks are kept for root.
    return blocks === 0 ? Number.POSITIVE_INFINITY : (process.getuid?.() === 0 ? bfree : bavail) * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Writes and takes back a row: a statement that changes nothing would succeed on a full disk. */
async function writeError(store: Needed['store'], now: number): Promise<Error | null> {
  const write = store.commit(async (tx) => {
    const row = { hash: 'health', user: '', created_at: now, expires_at: 0 };
    await tx.insertInto('sessions').values(row).execute();
    await tx.deleteFrom('sessions').where('hash', '=', row.hash).execute();
  });
  try {
    await inTime(write);
    return null;
  } catch (thrown) {
    return coerceError(thrown);
  }
}
