import { DatabaseSync } from 'node:sqlite';

/** Milliseconds that a statement waits for another connection: only a backup or a person with the sqlite3 shell can hold one. */
export const busyTimeoutMs = 5_000;

/** A connection that writes. */
export function openWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  try {
    configure(database);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function configure(database: DatabaseSync): void {
  // Pages of 8 kB hold the usual mail (2 to 5 kB) without a chain of overflow pages. Takes effect on a new file only.
  database.exec('pragma page_size = 8192');
  database.exec('pragma journal_mode = wal');
  // FULL flushes the log at every commit: with NORMAL a mail that its server was told to forget could be lost with the power.
  database.exec('pragma synchronous = full');
  // 16 MB: the upper levels of the indexes stay in memory, while fifty mails of 20 MB do not.
  database.exec('pragma cache_size = -16000');
  // A checkpoint every 4,000 pages (32 MB): each copies back all changed pages, and index pages change in every commit.
  database.exec('pragma wal_autocheckpoint = 4000');
  // After one huge mail the log would keep its size for ever.
  database.exec('pragma journal_size_limit = 67108864');
  database.exec('pragma temp_store = memory');
}
