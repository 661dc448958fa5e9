import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { coerceError, OperationalError } from '../../schemas/errors.ts';

export interface Counts {
  mails: number;
  interactions: number;
}

/**
 * Reads every page of a database that nobody uses.
 *
 * @throws OperationalError `backup-damaged` where it is not whole.
 */
export function checkDatabase(file: string): Counts {
  let database: DatabaseSync | undefined;
  try {
    // Immutable: else SQLite puts two files beside it, which a folder that may only be read does not allow.
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    database = new DatabaseSync(url, { readOnly: true });
    const [result] = database.prepare('pragma integrity_check(1)').all();
    const word = Object.values(result ?? {})[0];
    if (word !== 'ok') throw new Error(String(word));
    const count = (table: string) => Number(database?.prepare(`select count(*) as n from ${table}`).get()?.n ?? 0);
    return { mails: count('ledger'), interactions: count('interactions') };
  } catch (cause) {
    const words = `${file} is not whole: ${coerceError(cause).message}. Do not rely on this copy.`;
    throw new OperationalError('backup-damaged', words, { cause });
  } finally {
    database?.close();
  }
}
