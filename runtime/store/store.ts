import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import { makeFolder } from '../make-folder.ts';
import { lockData } from './data-lock.ts';
import type { Database } from './database.ts';
import { type Closing, type Commit, createGroupCommit } from './group-commit.ts';
import type { ColumnTypes } from './migrations/column-types.ts';
import { migrations } from './migrations/index.ts';
import { openWriting } from './open-writing.ts';
import { openReadOnly } from './read-only.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';
import { isCorruption } from './store-errors.ts';

export interface Store {
  file: string;
  /** A connection of its own for pages: it sees the last commit and does not wait for the one under way. Read only. */
  read: Kysely<Database>;
  /** The writing connection. Waits while a group commit runs: inside of a work use its `tx`, never this. */
  write: Kysely<Database>;
  /**
   * Runs the work in a transaction that it may share with others, and resolves only when that is durable.
   * A work that throws is undone alone; it must await nothing but its own `tx`, and must not call `commit` again inside.
   * It may be run twice, the first time undone: what it does besides writing to `tx` must bear that.
   *
   * @throws what the work threw; OperationalError `store-full` or `store-failed` where the database could not be written.
   */
  commit: Commit;
  /** Runs at the end of each such transaction, with the very `tx` that its works had: for what they can write together. */
  beforeCommit(closing: Closing): void;
  /** Called with each `store-full` and `store-failed` of a commit. */
  onTrouble(listener: (error: Error) => void): void;
  /** Waits for commits under way, then closes. */
  close(): Promise<void>;
}

/**
 * Opens (or makes) the database and brings its tables up to date.
 *
 * @param log is told when a database of an earlier version is brought up to date: that of a large one takes a while.
 * @throws UserError `data-in-use`, `data-corrupt`, `data-newer`; OperationalError `store-unavailable` where the file cannot be opened.
 */
export async function openStore(file: string, log?: OpeningLog): Promise<Store> {
  const opened = await openFiles(file);
  const write = new Kysely<Database>({ dialect: new NodeSqliteDialect(opened.writing) });
  try {
    await migrate(write, file, log);
  } catch (thrown) {
    await write.destroy();
    opened.writing.isOpen && opened.writing.close();
    opened.lock.release();
    throw asOpeningError(thrown, file);
  }
  const read = openReadOnly(file);
  // Kysely closes only what it has used: without a first query `destroy` would leave the connection open.
  await sql`select 1`.execute(read);
  const listeners: ((error: Error) => void)[] = [];
  const group = createGroupCommit(write, (error) => {
    for (const listener of listeners) listener(error);
  });

  return {
    file,
    read,
    write,
    commit: group.commit,
    beforeCommit: group.beforeCommit,
    onTrouble: (listener) => void listeners.push(listener),
    async close() {
      await group.idle();
      await read.destroy();
      await write.destroy();
      opened.lock.release();
    },
  };
}

async function openFiles(file: string) {
  try {
    await makeFolder(dirname(file), 0o700);
    const lock = lockData(file);
    try {
      return { lock, writing: openWriting(file) };
    } catch (thrown) {
      lock.release();
      throw thrown;
    }
  } catch (thrown) {
    throw asOpeningError(thrown, file);
  }
}

const sqliteTypes: ColumnTypes = {
  blob: sql`blob`,
  idType: 'integer',
  // Without AUTOINCREMENT: rows are not deleted, so ids are not reused, and each insert is spared a second write.
  countedId: (column) => column.primaryKey(),
};

interface OpeningLog {
  info(data: object, message: string): void;
}

async function migrate(db: Kysely<Database>, file: string, log: OpeningLog | undefined): Promise<void> {
  const known = migrations(sqliteTypes);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.some((table) => table.name === 'kysely_migration')) {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
    const unknown = rows.map((row) => row.name).filter((name) => !Object.hasOwn(known, name));
    if (unknown.length > 0) {
      throw new UserError(
        'data-newer',
        `${file} was written by a newer Sluice (it has ${unknown.join(', ')}). Start that version, or restore a backup made before the update.`,
        { data: { file, unknown } },
      );
    }
    const pending = Object.keys(known).filter((name) => !rows.some((row) => row.name === name));
    if (pending.length > 0) {
      log?.info({ pending }, 'The database is brought up to date; with millions of mails that takes some minutes');
    }
  }
  // A table that is written anew would take with it what refers to it. Outside of a transaction, since inside it has no effect.
  await sql`pragma foreign_keys = off`.execute(db);
  const { error } = await migrator.migrateToLatest();
  await sql`pragma foreign_keys = on`.execute(db);
  if (error !== undefined) throw error;
}

function asOpeningError(thrown: unknown, file: string): Error {
  const error = coerceError(thrown);
  if (error instanceof UserError || error instanceof OperationalError) return error;
  if (isCorruption(error)) {
    return new UserError(
      'data-corrupt',
      `${file} is not a whole Sluice database (${error.message}). Restore it from a backup, or move it away to start empty.`,
      { cause: error, data: { file } },
    );
  }
  return new OperationalError(
    'store-unavailable',
    `The database ${file} could not be opened (${error.message}). Check that the folder exists, can be written, and has space.`,
    { cause: error, data: { file } },
  );
}
