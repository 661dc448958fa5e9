import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { RetentionCounts, RetentionRun } from '../../schemas/api/retention.ts';
import { type RetentionKind, retentionKinds } from '../../schemas/retention.ts';
import type { Database } from '../store/database.ts';

export type RunRow = Selectable<Database['retention_runs']>;

const shown = 20;

export function noCounts(): RetentionCounts {
  return { mails: 0, sources: 0, runs: 0, outgoing: 0, audit: 0, history: 0 };
}

/** As they were written: a clock that was wrong meanwhile mixes up ids and times. */
const written = sql`retention_runs.rowid`;

/** The last ones, newest first. */
export async function lastRuns(read: Kysely<Database>): Promise<RunRow[]> {
  return await read.selectFrom('retention_runs').selectAll().orderBy(written, 'desc').limit(shown).execute();
}

/** When the last one began; one that lies in the future was begun by a clock that was wrong, and does not count. */
export async function lastStart(read: Kysely<Database>, now: number): Promise<number | undefined> {
  const row = await read
    .selectFrom('retention_runs')
    .select('started_at')
    .where('started_at', '<=', now)
    .orderBy(written, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.started_at;
}

/** Adds to what a run has removed, in the transaction that removes it: whatever ends the process, the counts are those of what is gone. */
export async function addRemoved(tx: Transaction<Database>, id: string, kind: RetentionKind, rows: number) {
  const path = `$.${kind}`;
  const sum = sql<string>`json_set(removed, ${path}, coalesce(json_extract(removed, ${path}), 0) + ${rows})`;
  await tx.updateTable('retention_runs').set({ removed: sum }).where('id', '=', id).execute();
}

/** Of all runs that are still known. */
export async function removedInAll(read: Kysely<Database>): Promise<RetentionCounts> {
  const rows = await read.selectFrom('retention_runs').select('removed').execute();
  const sums = noCounts();
  for (const row of rows) {
    const counts = countsOf(row);
    for (const kind of retentionKinds) sums[kind] += counts[kind];
  }
  return sums;
}

export function countsOf(row: Pick<RunRow, 'removed'>): RetentionCounts {
  return { ...noCounts(), ...JSON.parse(row.removed) };
}

export function runView(row: RunRow): RetentionRun {
  return {
    id: row.id,
    cause: row.cause,
    state: row.state,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    removed: countsOf(row),
    error: row.error,
  };
}
