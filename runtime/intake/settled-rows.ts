import { type Kysely, sql } from 'kysely';
import type { InteractionsQuery } from '../../schemas/api/interactions.ts';
import { type SummaryRow, summaryColumns } from '../queues/interaction-summary.ts';
import type { Database } from '../store/database.ts';
import { lookedAt } from '../store/page-cursor.ts';
import { holdsText } from './search-mails.ts';

type Read = Kysely<Database>;

const indexed = ['mailbox', 'queue', 'state'] as const;
type Indexed = (typeof indexed)[number];

/**
 * Rows of a page, newest first, and how far was looked. Of several filters one goes by its index, the others are looked at in what that finds: twenty
 * thousand rows at most, so that no filters together read a million.
 */
export async function settledRows(
  read: Read,
  query: InteractionsQuery,
  before: string | null,
  limit: number,
): Promise<{ rows: SummaryRow[]; reach: string | null }> {
  if (query.state === 'received') return { rows: [], reach: null };
  const filters = indexed.filter((column) => query[column] !== undefined);
  const index = query.ids === undefined ? await narrowest(read, query, before, filters) : null;
  let rows = candidates(read, query, before, index).select(summaryColumns);
  for (const column of filters) if (column !== index) rows = rows.where(without(column, query));
  if (query.search) rows = rows.where(holdsText(query.search));
  const isAnsweredByIndex = query.ids !== undefined || (!query.search && filters.length <= 1);
  const reach = isAnsweredByIndex ? null : await lastLookedAt(read, query, before, index);
  if (reach !== null) rows = rows.where('id', '>=', reach);
  return { rows: await rows.limit(limit).execute(), reach };
}

function candidates(read: Read, query: InteractionsQuery, before: string | null, index: Indexed | null) {
  let rows = read.selectFrom('interactions').orderBy('id', 'desc');
  if (before !== null) rows = rows.where('id', '<', before);
  if (query.ids !== undefined) rows = rows.where('id', 'in', query.ids.split(','));
  return index === null ? rows : rows.where(sql<boolean>`${sql.ref(index)} = ${query[index]}`);
}

/** The sign keeps SQLite from going by the index of this filter. */
function without(column: Indexed, query: InteractionsQuery) {
  return sql<boolean>`+${sql.ref(column)} = ${query[column]}`;
}

/** The filter that leaves the fewest rows, counted no further than a page looks. */
async function narrowest(read: Read, query: InteractionsQuery, before: string | null, filters: readonly Indexed[]) {
  if (filters.length < 2) return filters[0] ?? null;
  const counts = [];
  for (const column of filters) {
    const near = candidates(read, query, before, column).select('id').limit(lookedAt).as('near');
    const row = await read
      .selectFrom(near)
      .select((select) => select.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    counts.push({ column, rows: row.rows });
  }
  return counts.sort((a, b) => a.rows - b.rows)[0]?.column ?? null;
}

async function lastLookedAt(read: Read, query: InteractionsQuery, before: string | null, index: Indexed | null) {
  const row = await candidates(read, query, before, index)
    .select('id')
    .offset(lookedAt - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
