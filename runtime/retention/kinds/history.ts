import { type RawBuilder, sql } from 'kysely';
import { type Kind, listOf } from './kind.ts';
import { walkIds } from './walk-ids.ts';

/** By the name of the table; each has ids that tell when its rows were made, and this says which of them are over. */
const tables: Readonly<Record<string, (cutoff: number) => RawBuilder<boolean>>> = {
  alarms: (cutoff) => sql<boolean>`(cleared_at is not null and cleared_at < ${cutoff})`,
  alarm_messages: (cutoff) => sql<boolean>`(state <> 'waiting' and created_at < ${cutoff})`,
  reconciliations: (cutoff) => sql<boolean>`(state <> 'running' and ended_at < ${cutoff})`,
  retention_runs: (cutoff) => sql<boolean>`(state <> 'running' and ended_at < ${cutoff})`,
};

const names = Object.keys(tables);

/** Alarms that are over, comparisons with mail servers, and runs of the rules themselves. */
export const history: Kind = {
  async find(db, rule, place, rows) {
    const [table = names[0] ?? '', after = ''] = String(place ?? '').split(' ');
    const name = table === '' ? (names[0] ?? '') : table;
    const may = tables[name]?.(rule.cutoff) ?? sql<boolean>`false`;
    const found = await walkIds(db, rule, after, { rows, from: sql.table(name), may });
    const following = names[names.indexOf(name) + 1];
    const next = found.next === null ? (following === undefined ? null : `${following} `) : `${name} ${found.next}`;
    return { keys: found.keys.map((id) => `${name} ${id}`), next };
  },

  async remove(tx, keys) {
    // All keys of a stretch are of one table.
    const [name = ''] = String(keys[0] ?? '').split(' ');
    if (!Object.hasOwn(tables, name)) return;
    const ids = keys.map((key) => String(key).slice(name.length + 1));
    await sql`delete from ${sql.table(name)} where id in ${listOf(ids)}`.execute(tx);
  },
};
