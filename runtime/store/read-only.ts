import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { busyTimeoutMs } from './open-writing.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';

/**
 * One more connection to a database that this process has open, in whichever thread: it sees the last commit, waits for none that
 * is under way, and can write nothing.
 */
export function openReadOnly(file: string): Kysely<Database> {
  const reading = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  // 8 MB for pages. No memory map: what it touches would count as ours until the system wants it back.
  reading.exec('pragma cache_size = -8000');
  return new Kysely<Database>({ dialect: new NodeSqliteDialect(reading) });
}
