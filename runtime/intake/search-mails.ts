import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { InteractionsQuery } from '../../schemas/api/interactions.ts';
import { type SummaryRow, summaryColumns } from '../queues/interaction-summary.ts';
import type { Database } from '../store/database.ts';
import { likePart } from '../store/like-part.ts';
import { cutPage, decodeCursor, lookedAt } from '../store/page-cursor.ts';

type Read = Kysely<Database>;

/** Mails that came late or changed, and are not indexed anew yet: they are taken up within seconds. */
const maxAgain = 5_000;

/**
 * A text as the index of mails is asked for it: three letters each, all of which a mail must have. Null where it is too short for that; then mails
 * are looked at one by one.
 */
export function searchWords(text: string | undefined): string | null {
  const letters = [...(text ?? '')];
  if (letters.length < 3) return null;
  const threes = letters.slice(2).map((_, index) => letters.slice(index, index + 3).join(''));
  // The three letters of every place overlap: each third one, and the last, cover the text.
  const needed = threes.filter((_, index) => index % 3 === 0 || index === threes.length - 1);
  return [...new Set(needed)].map((three) => `"${three.replaceAll('"', '""')}"`).join(' AND ');
}

/** Part of the subject or of the sender's address; upper and lower case are the same in ASCII. */
export function holdsText(text: string) {
  const part = likePart(text);
  return (row: ExpressionBuilder<Database, 'interactions'>): Expression<SqlBool> =>
    row.or([
      sql<boolean>`${row.ref('subject')} like ${part} escape '\\'`,
      sql<boolean>`${row.ref('from_address')} like ${part} escape '\\'`,
    ]);
}

/**
 * A page of the mails that hold a text, in the order of the ledger, newest first. What the index does not hold yet is looked at mail by mail; and so is
 * what it finds, since it knows only which letters stand together somewhere.
 */
export async function searchMails(read: Read, query: InteractionsQuery, words: string, limit: number) {
  const [ledger, id] = query.after === undefined ? [null, ''] : decodeCursor(query.after, ['number', 'string']);
  // First: what is indexed meanwhile is then found twice rather than not at all.
  const { indexed } = await read.selectFrom('search_progress').select('indexed').executeTakeFirstOrThrow();

  const matching = () => {
    let rows = read
      .selectFrom('interactions')
      .select(summaryColumns)
      .where(holdsText(query.search ?? ''));
    for (const column of ['mailbox', 'queue', 'state'] as const) {
      const value = query[column];
      if (value !== undefined) rows = rows.where(sql<boolean>`+${sql.ref(column)} = ${value}`);
    }
    if (query.ids !== undefined) rows = rows.where('id', 'in', query.ids.split(','));
    if (ledger === null) return rows;
    return rows.where((row) => row(row.refTuple('ledger', 'id'), '<', row.tuple(ledger, id)));
  };
  const page = (rows: readonly SummaryRow[], reach: number | null) =>
    cutPage([...new Map(rows.map((row) => [row.id, row])).values()].sort(latestFirst), limit, keyOf, reachKey(reach));

  const unindexed = await lastUnindexed(read, { indexed, ledger });
  const fresh = await matching()
    .where('ledger', '>', indexed)
    .where('ledger', '>=', unindexed ?? indexed)
    .orderBy('ledger', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  if (fresh.length > limit || unindexed !== null) return page(fresh, unindexed);

  const rows: SummaryRow[] = [...fresh];
  let to = Math.min(ledger ?? indexed, indexed);
  for (let looked = 0; ; looked += atOnce) {
    const again = await againLedgers(read, to);
    const { ledgers, next } = await namedLedgers(read, { words, to });
    const near = new Set([...ledgers, ...again.filter((each) => next === null || each > next)]);
    if (near.size > 0)
      rows.push(
        ...(await matching()
          .where('ledger', 'in', [...near])
          .execute()),
      );
    if (next === null) return page(rows, null);
    if (rows.length > limit || looked + atOnce >= namedAtMost) return page(rows, next + 1);
    to = next;
  }
}

/** Mails that the index names and that are looked at with one query, and for one page. */
const atOnce = 500;
const namedAtMost = 8_000;

/** The next mails in which all the words stand, newest first, and where those behind them begin. */
async function namedLedgers(read: Read, { words, to }: { words: string; to: number }) {
  const { rows } = await sql<{ ledger: number }>`
    select rowid as ledger from mail_search
    where mail_search match ${words} and rowid <= ${to}
    order by rowid desc limit ${sql.lit(atOnce)}
  `.execute(read);
  const last = rows.at(-1);
  const ledgers = rows.map((row) => row.ledger);
  return { ledgers, next: rows.length < atOnce || last === undefined ? null : last.ledger - 1 };
}

async function againLedgers(read: Read, to: number): Promise<number[]> {
  const rows = read.selectFrom('search_again').select('ledger').orderBy('ledger', 'desc').limit(maxAgain);
  return (await rows.where('ledger', '<=', to).execute()).map((row) => row.ledger);
}

/** The last mail that a page looks at of those that are not indexed; null where it can look at all of them. */
async function lastUnindexed(read: Read, { indexed, ledger }: { indexed: number; ledger: number | null }) {
  let rows = read.selectFrom('interactions').select('ledger').where('ledger', '>', indexed).orderBy('ledger', 'desc');
  if (ledger !== null) rows = rows.where('ledger', '<=', ledger);
  const row = await rows
    .offset(lookedAt - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.ledger ?? null;
}

const keyOf = (row: SummaryRow) => [row.ledger, row.id];

/** All mails of this ledger row were looked at: what comes next stands before every id. */
function reachKey(ledger: number | null): readonly (string | number)[] | null {
  return ledger === null ? null : [ledger, ''];
}

function latestFirst(a: SummaryRow, b: SummaryRow): number {
  if (a.ledger !== b.ledger) return b.ledger - a.ledger;
  return a.id < b.id ? 1 : -1;
}
