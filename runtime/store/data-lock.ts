import { DatabaseSync } from 'node:sqlite';
import { coerceError, UserError } from '../../schemas/errors.ts';
import { sqliteCode } from './store-errors.ts';

const busy = 5;

export interface DataLock {
  release(): void;
}

/**
 * Holds the data folder for this process. The lock is one of the operating system, taken through an empty SQLite file beside the
 * database: it ends with the process, however that ends, so no stale lock file is ever to be removed by hand.
 * The database itself cannot serve: its own exclusive mode would shut out our second, reading connection.
 *
 * @throws UserError `data-in-use` where another process holds it.
 */
export function lockData(databaseFile: string): DataLock {
  const file = `${databaseFile}.lock`;
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (thrown) {
    lock.close();
    const error = coerceError(thrown);
    if (sqliteCode(error) !== busy) throw error;
    throw new UserError(
      'data-in-use',
      `Another Sluice server is using ${databaseFile}. Stop it, or give this one a data folder of its own (SLUICE_DATA).`,
      { cause: error, status: 409, data: { file: databaseFile } },
    );
  }
  return { release: () => lock.close() };
}
