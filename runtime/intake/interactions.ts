import { type Kysely, sql } from 'kysely';
import type {
  Interaction,
  InteractionSummary,
  InteractionsPage,
  InteractionsQuery,
} from '../../schemas/api/interactions.ts';
import { UserError } from '../../schemas/errors.ts';
import { summaryColumns, toSummary } from '../queues/interaction-summary.ts';
import type { Database } from '../store/database.ts';
import { cutPage, decodeCursor, defaultPageSize } from '../store/page-cursor.ts';
import { readInterventions } from './interventions.ts';

type Read = Kysely<Database>;

/**
 * Newest first. A mail has no row of its own until it is settled, which spares the hot path a write and an update for every mail;
 * until then it is shown out of its ledger row, where the index on what is `received` holds only what is under way.
 */
export async function listInteractions(read: Read, query: InteractionsQuery): Promise<InteractionsPage> {
  const limit = query.limit ?? defaultPageSize;
  const before = query.after === undefined ? null : decodeCursor(query.after, ['string'])[0];
  // The ledger first: a mail that is settled in between is then found twice rather than not at all.
  const received = await receivedSummaries(read, query, before, limit + 1);
  const settled = await settledSummaries(read, query, before, limit + 1);
  const settledIds = new Set(settled.map((summary) => summary.id));
  const both = [...settled, ...received.filter((summary) => !settledIds.has(summary.id))];
  const { rows, next } = cutPage(both.sort(newestFirst), limit, (summary) => [summary.id]);
  return { items: rows, next };
}

/** @throws UserError `interaction-not-found` (404). */
export async function getInteraction(read: Read, id: string): Promise<Interaction> {
  const row = await read
    .selectFrom('interactions')
    .leftJoin('interaction_details', 'interaction_details.interaction', 'interactions.id')
    .select(summaryColumns)
    .select(['skills', 'email', 'run', 'way'])
    .select((row) =>
      row
        .selectFrom('ledger')
        .select('ledger.whole_size')
        .whereRef('ledger.id', '=', 'interactions.ledger')
        .as('whole_size'),
    )
    .where('id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) {
    return {
      ...toSummary(row),
      skills: JSON.parse(row.skills),
      wholeSize: row.whole_size,
      byHand: await readInterventions(read, id),
      way: row.way === null ? null : JSON.parse(row.way),
      email: row.email === null ? null : JSON.parse(row.email),
      run: row.run === null ? null : JSON.parse(row.run),
    };
  }
  const [received] = await receivedRows(read).where('interaction', '=', id).execute();
  if (received === undefined) {
    throw new UserError('interaction-not-found', `There is no interaction ${id}.`, { status: 404 });
  }
  const byHand = await readInterventions(read, id);
  return { ...receivedSummary(received), skills: [], wholeSize: null, byHand, way: null, email: null, run: null };
}

/**
 * The mail as it came, byte for byte.
 *
 * @throws UserError `interaction-not-found` (404).
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
    throw new UserError('interaction-not-found', `There is no interaction ${id}.`, { status: 404 });
  }
  return row.bytes;
}

async function settledSummaries(
  read: Read,
  query: InteractionsQuery,
  before: string | null,
  limit: number,
): Promise<InteractionSummary[]> {
  if (query.state === 'received') return [];
  let rows = read.selectFrom('interactions').select(summaryColumns).orderBy('id', 'desc').limit(limit);
  if (before !== null) rows = rows.where('id', '<', before);
  if (query.state !== undefined) rows = rows.where('state', '=', query.state);
  if (query.ids !== undefined) rows = rows.where('id', 'in', query.ids.split(','));
  if (query.queue !== undefined) rows = rows.where('queue', '=', query.queue);
  if (query.mailbox !== undefined) rows = rows.where('mailbox', '=', query.mailbox);
  if (query.search !== undefined && query.search !== '') {
    const part = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
    rows = rows.where((row) =>
      row.or([
        sql<boolean>`${row.ref('subject')} like ${part} escape '\\'`,
        sql<boolean>`${row.ref('from_address')} like ${part} escape '\\'`,
      ]),
    );
  }
  return (await rows.execute()).map(toSummary);
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
  if (query.mailbox !== undefined) rows = rows.where('mailbox', '=', query.mailbox);
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
