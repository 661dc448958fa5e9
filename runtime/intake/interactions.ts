import { type Kysely, sql } from 'kysely';
import type {
  Interaction,
  InteractionSummary,
  InteractionsPage,
  InteractionsQuery,
} from '../../schemas/api/interactions.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Removal } from '../../schemas/retention.ts';
import { summaryColumns, toSummary } from '../queues/interaction-summary.ts';
import type { Database } from '../store/database.ts';
import { cutPage, decodeCursor, defaultPageSize } from '../store/page-cursor.ts';
import { readInterventions } from './interventions.ts';
import { searchMails, searchWords } from './search-mails.ts';
import { settledRows } from './settled-rows.ts';
import { sourceRemoved } from './source-removed.ts';

type Read = Kysely<Database>;

/**
 * Newest first. A mail has no row of its own until it is settled, which spares the hot path a write and an update for every mail;
 * until then it is shown out of its ledger row, where the index on what is `received` holds only what is under way.
 */
export async function listInteractions(read: Read, query: InteractionsQuery): Promise<InteractionsPage> {
  const limit = query.limit ?? defaultPageSize;
  const words = searchWords(query.search);
  if (words !== null) {
    const found = await searchMails(read, query, words, limit);
    return { items: found.rows.map(toSummary), next: found.next };
  }
  const before = query.after === undefined ? null : decodeCursor(query.after, ['string'])[0];
  // The ledger first: a mail that is settled in between is then found twice rather than not at all.
  const received = await receivedSummaries(read, query, before, limit + 1);
  const settled = await settledRows(read, query, before, limit + 1);
  const { reach } = settled;
  const settledIds = new Set(settled.rows.map((row) => row.id));
  const both = [
    ...settled.rows.map(toSummary),
    ...received.filter(({ id }) => !settledIds.has(id) && (reach === null || id >= reach)),
  ];
  const key = (summary: InteractionSummary) => [summary.id];
  const { rows, next } = cutPage(both.sort(newestFirst), limit, key, reach === null ? null : [reach]);
  return { items: rows, next };
}

/** @throws UserError `interaction-not-found` (404). */
export async function getInteraction(read: Read, id: string): Promise<Interaction> {
  const row = await read
    .selectFrom('interactions')
    .leftJoin('interaction_details', 'interaction_details.interaction', 'interactions.id')
    .select(summaryColumns)
    .select(['skills', 'email', 'run', 'way', 'removed'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) {
    const ledger = await read
      .selectFrom('ledger')
      .select(['whole_size', 'removed'])
      .where('id', '=', row.ledger)
      .executeTakeFirst();
    return {
      ...toSummary(row),
      skills: JSON.parse(row.skills),
      wholeSize: ledger?.whole_size ?? null,
      byHand: await readInterventions(read, id),
      way: row.way === null ? null : JSON.parse(row.way),
      email: row.email === null ? null : JSON.parse(row.email),
      run: row.run === null ? null : JSON.parse(row.run),
      sourceRemoved: removalOf(ledger?.removed),
      runRemoved: removalOf(row.removed),
    };
  }
  const [received] = await receivedRows(read).where('interaction', '=', id).execute();
  if (received === undefined) {
    throw new UserError('interaction-not-found', `There is no interaction ${id}.`, { status: 404 });
  }
  const byHand = await readInterventions(read, id);
  const nothingYet = { way: null, email: null, run: null, sourceRemoved: null, runRemoved: null };
  return { ...receivedSummary(received), skills: [], wholeSize: null, byHand, ...nothingYet };
}

function removalOf(json: string | null | undefined): Removal | null {
  return json === null || json === undefined ? null : JSON.parse(json);
}

/**
 * The mail as it came, byte for byte.
 *
 * @throws UserError `interaction-not-found` (404), `source-removed` (410).
 */
export async function getInteractionSource(read: Read, id: string): Promise<Uint8Array> {
  const ledger = read
    .selectFrom('interactions')
    .select('ledger')
    .where('id', '=', id)
    .unionAll(
      read
        .selectFrom('ledger')
        .select('id as ledger')
        .where('state', '=', sql.lit('received'))
        .where('interaction', '=', id),
    );
  const row = await read.selectFrom('raw_mails').select('bytes').where('ledger', 'in', ledger).executeTakeFirst();
  if (row === undefined) {
    const left = await read.selectFrom('ledger').select('removed').where('id', 'in', ledger).executeTakeFirst();
    if (left !== undefined && left.removed !== null) throw sourceRemoved(left.removed);
    throw new UserError('interaction-not-found', `There is no interaction ${id}.`, { status: 404 });
  }
  return row.bytes;
}

async function receivedSummaries(
  read: Read,
  query: InteractionsQuery,
  before: string | null,
  limit: number,
): Promise<InteractionSummary[]> {
  // Queue, subject and sender are known only when the mail was parsed and run.
  const isPossible =
    (query.state === undefined || query.state === 'received') &&
    query.queue === undefined &&
    query.ids === undefined &&
    (query.search === undefined || query.search === '');
  if (!isPossible) return [];
  let rows = receivedRows(read).orderBy('interaction', 'desc').limit(limit);
  if (before !== null) rows = rows.where('interaction', '<', before);
  // The sign keeps SQLite from going by the index of mailboxes: what is under way is little, whatever its mailbox.
  if (query.mailbox !== undefined) rows = rows.where(sql<boolean>`+mailbox = ${query.mailbox}`);
  return (await rows.execute()).map(receivedSummary);
}

function receivedRows(read: Read) {
  return (
    read
      .selectFrom('ledger')
      .select(['interaction', 'mailbox', 'received_at', 'envelope'])
      // A literal, not a bound value: SQLite uses a partial index only where the query repeats its condition.
      .where('state', '=', sql.lit('received'))
  );
}

function receivedSummary(row: {
  interaction: string | null;
  mailbox: string;
  received_at: number;
  envelope: string | null;
}): InteractionSummary {
  return {
    id: row.interaction ?? '',
    state: 'received',
    queue: null,
    priority: 0,
    subject: '',
    from: row.envelope === null ? '' : JSON.parse(row.envelope).from,
    fromName: '',
    preview: '',
    receivedAt: new Date(row.received_at).toISOString(),
    mailbox: row.mailbox,
    flow: null,
    version: null,
    reason: '',
    claimedBy: null,
    claimedUntil: null,
  };
}

function newestFirst(a: InteractionSummary, b: InteractionSummary): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}
