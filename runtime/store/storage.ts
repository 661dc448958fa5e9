import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StorageTrouble } from '../../schemas/api/system.ts';
import { coerceError, OperationalError } from '../../schemas/errors.ts';
import type { Store } from './store.ts';
import { noRoom } from './store-errors.ts';

export interface Storage {
  /** Null where all is well. */
  look(): Promise<StorageTrouble | null>;
}

/** A commit that waits longer than this is as good as none for whoever balances load. */
const deadlineMs = 5_000;

/** Many may ask, and each look costs a flush to disk: one answer serves all who ask within this time. */
const keptMs = 2_000;

/** Below this not even a small mail is surely stored: the log of the database may still have room for tiny writes, so they prove nothing. */
const fullBytes = 1_048_576;

/** Ten of the largest mails that are usual, with the log of the database: time to act before the first one is refused. */
const lowBytes = 256 * 1_048_576;

const fullMessage =
  'The disk that holds the data folder is full: mail waits on its servers. Free some space, and work goes on by itself.';

export function createStorage({ store, clock, log }: Needed): Storage {
  let last: { since: number; trouble: Promise<StorageTrouble | null> } | undefined;

  async function find(): Promise<StorageTrouble | null> {
    const free = await freeBytes(store.file);
    const error = free < fullBytes ? noRoom() : await writeError(store, clock.now());
    if (error !== null) {
      log.warn({ error }, 'Not ready: the store could not be written');
      if ('code' in error && error.code === 'store-full') return { state: 'full', message: fullMessage };
      return { state: 'failing', message: `${error.message} Mail waits on its servers meanwhile.` };
    }
    if (free >= lowBytes) return null;
    const megabytes = Math.floor(free / 1_048_576);
    const message = `The disk that holds the data folder has only ${megabytes} MB left. Free some space before mail has to wait on its servers.`;
    return { state: 'low', message };
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
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The database could not be written within ${deadlineMs / 1_000} s. Check the disk that holds the data folder.`;
    timer = setTimeout(() => reject(new OperationalError('store-failed', message)), deadlineMs);
  });
  try {
    await Promise.race([write, late]);
    return null;
  } catch (thrown) {
    return coerceError(thrown);
  } finally {
    clearTimeout(timer);
  }
}
