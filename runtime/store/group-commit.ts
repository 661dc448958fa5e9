import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { coerceError } from '../../schemas/errors.ts';
import type { Database } from './database.ts';
import { asStoreError, isStoreTrouble } from './store-errors.ts';

/**
 * Works that may share one commit. A waiting caller is held up by at most this many others; larger groups
 * gain nothing, since the one flush to disk is then already a small part of the time.
 */
const maxGroup = 500;

export type Commit = <T>(work: (tx: Transaction<Database>) => Promise<T>) => Promise<T>;

/** What many works of a group leave to be written once, at the end of their transaction. A failure undoes the whole group. */
export type Closing = (tx: Transaction<Database>) => Promise<void>;

interface Member {
  run(tx: Transaction<Database>): Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

const savepoint = CompiledQuery.raw('savepoint work');
const release = CompiledQuery.raw('release work');
const rollBack = CompiledQuery.raw('rollback to work');

/**
 * One flush to disk for many works: those that come while a commit is under way share the next one.
 * Where one throws, all are undone and run again, so that it alone is left out and the others stand.
 */
export function createGroupCommit(
  write: Kysely<Database>,
  /** Called for each work that the machine did not let be written. */
  onTrouble: (error: Error) => void = () => {},
): {
  commit: Commit;
  beforeCommit(closing: Closing): void;
  idle(): Promise<void>;
} {
  const closings: Closing[] = [];
  let waiting: Member[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    // Lets everything that became ready in this turn of the event loop join the first group.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup);
      waiting = waiting.slice(maxGroup);
      await commitGroup(write, group, closings);
    }
    running = null;
  }

  const commit: Commit = (work) =>
    new Promise((resolve, reject) => {
      const refuse = (error: Error) => {
        if (isStoreTrouble(error)) onTrouble(error);
        reject(error);
      };
      waiting.push(member(work, resolve, refuse));
      running ??= drain();
    });

  return {
    commit,
    beforeCommit: (closing) => void closings.push(closing),
    idle: async () => {
      while (running !== null) await running;
    },
  };
}

function member<T>(
  work: (tx: Transaction<Database>) => Promise<T>,
  resolve: (value: T) => void,
  reject: (error: Error) => void,
): Member {
  let settle = () => {};
  return {
    async run(tx) {
      const value = await work(tx);
      settle = () => resolve(value);
    },
    resolve: () => settle(),
    reject,
  };
}

async function commitGroup(
  write: Kysely<Database>,
  group: readonly Member[],
  closings: readonly Closing[],
): Promise<void> {
  const failure = await commitTogether(write, group, closings);
  if (failure === null) for (const work of group) work.resolve();
  else if (failure.inWork && group.length > 1) await commitApart(write, group, closings);
  else for (const work of group) work.reject(failure.error);
}

/**
 * All works without savepoints, or none: SQLite copies every page that a savepoint changes, which for a group of settled mails is a tenth of
 * all the work, and hardly ever does one of them fail.
 */
async function commitTogether(
  write: Kysely<Database>,
  group: readonly Member[],
  closings: readonly Closing[],
): Promise<{ error: Error; inWork: boolean } | null> {
  let inWork = false;
  try {
    await write.transaction().execute(async (tx) => {
      inWork = true;
      for (const work of group) await work.run(tx);
      inWork = false;
      for (const close of closings) await close(tx);
    });
    return null;
  } catch (thrown) {
    return { error: asStoreError(coerceError(thrown)), inWork };
  }
}

/** The same works once more, each with a savepoint: the one that throws is undone alone. */
async function commitApart(
  write: Kysely<Database>,
  group: readonly Member[],
  closings: readonly Closing[],
): Promise<void> {
  const done: Member[] = [];
  const failed = new Map<Member, Error>();
  try {
    await write.transaction().execute(async (tx) => {
      for (const work of group) {
        const error = await runInSavepoint(tx, work);
        if (error === null) done.push(work);
        else failed.set(work, error);
      }
      for (const close of closings) await close(tx);
    });
  } catch (thrown) {
    const error = asStoreError(thrown);
    for (const work of group) work.reject(failed.get(work) ?? error);
    return;
  }
  for (const [work, error] of failed) work.reject(error);
  for (const work of done) work.resolve();
}

/** Null if the work stands. Throws where the whole transaction is gone: SQLite undoes it all by itself on a full disk or an I/O error. */
async function runInSavepoint(tx: Transaction<Database>, work: Member): Promise<Error | null> {
  await tx.executeQuery(savepoint);
  try {
    await work.run(tx);
    await tx.executeQuery(release);
    return null;
  } catch (thrown) {
    const error = coerceError(thrown);
    try {
      await tx.executeQuery(rollBack);
      await tx.executeQuery(release);
    } catch {
      throw error;
    }
    return asStoreError(error);
  }
}
