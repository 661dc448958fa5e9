import { type Kysely, type Selectable, sql } from 'kysely';
import type { OutboxCounts, OutboxDetail, OutboxItem, OutboxPage, OutboxQuery } from '../../schemas/api/outbox.ts';
import { UserError } from '../../schemas/errors.ts';
import { outboxStates } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { likePart } from '../store/like-part.ts';
import { cutPage, decodeCursor, defaultPageSize, lookedAt } from '../store/page-cursor.ts';
import { delayedAfterMs } from './back-off.ts';

const itemColumns = [
  'id',
  'interaction',
  'to_address',
  'subject',
  'state',
  'outbound',
  'queued_at',
  'kind',
  'reason',
  'attempts',
  'created_at',
  'sent_at',
  'next_attempt_at',
] as const;

/** Newest first. A search looks at twenty thousand mails for a page at most; then it says where to go on. */
export async function listOutbox(read: Kysely<Database>, query: OutboxQuery, now: number): Promise<OutboxPage> {
  const limit = query.limit ?? defaultPageSize;
  let candidates = read.selectFrom('outbox').orderBy('id', 'desc');
  if (query.interaction !== undefined) {
    candidates = candidates.where('interaction', '=', query.interaction);
    // The sign keeps SQLite from going by the index of states, of which one may hold a million mails.
    if (query.state !== undefined) candidates = candidates.where(sql<boolean>`+state = ${query.state}`);
  } else if (query.state !== undefined) candidates = candidates.where('state', '=', query.state);
  if (query.after !== undefined) candidates = candidates.where('id', '<', decodeCursor(query.after, ['string'])[0]);
  let rows = candidates.select(itemColumns).limit(limit + 1);
  let reach: string | null = null;
  if (query.search) {
    const last = candidates.select('id').offset(lookedAt - 1);
    reach = (await last.limit(1).executeTakeFirst())?.id ?? null;
    if (reach !== null) rows = rows.where('id', '>=', reach);
    const part = likePart(query.search);
    rows = rows.where(sql<boolean>`(to_address like ${part} escape '\\' or subject like ${part} escape '\\')`);
  }
  const page = cutPage(await rows.execute(), limit, (row) => [row.id], reach === null ? null : [reach]);
  return { items: page.rows.map((row) => itemOf(row, now)), next: page.next };
}

/** @throws UserError `outbox-item-not-found` (404). */
export async function getOutboxItem(read: Kysely<Database>, id: string, now: number): Promise<OutboxDetail> {
  const row = await read
    .selectFrom('outbox')
    .select([...itemColumns, 'from_address', 'envelope_from', 'message_id', 'text', 'removed'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw noSuchItem(id);
  const reports = await read
    .selectFrom('delivery_reports')
    .select(['action', 'reason', 'proof', 'interaction', 'reported_at'])
    .where('outbox', '=', id)
    .orderBy('reported_at')
    .limit(50)
    .execute();
  return {
    ...itemOf(row, now),
    from: row.from_address,
    envelopeFrom: row.envelope_from,
    messageId: row.message_id,
    text: row.text,
    removed: row.removed === null ? null : JSON.parse(row.removed),
    reports: reports.map(({ reported_at, ...report }) => ({ ...report, at: new Date(reported_at).toISOString() })),
  };
}

/**
 * The mail as it leaves, byte for byte but for the signature of its domain. Of a withheld one nothing was kept.
 *
 * @throws UserError `outbox-item-not-found` (404), `outbox-text-removed` (410).
 */
export async function getOutboxSource(read: Kysely<Database>, id: string): Promise<Uint8Array> {
  const row = await read.selectFrom('outbox').select(['raw', 'removed']).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw noSuchItem(id);
  if (row.removed === null) return row.raw;
  throw new UserError('outbox-text-removed', 'What this mail said was removed by a retention rule.', { status: 410 });
}

/** Every state with its mails, and how many of those waiting are late. */
export async function outboxCounts(read: Kysely<Database>, now: number): Promise<OutboxCounts> {
  const rows = await read
    .selectFrom('outbox')
    .select((select) => ['state', select.fn.countAll<number>().as('mails')])
    .groupBy('state')
    .execute();
  const late = await read
    .selectFrom('outbox')
    .select((select) => select.fn.countAll<number>().as('mails'))
    .where(sql<boolean>`state = 'waiting'`)
    .where('queued_at', '<', now - delayedAfterMs)
    .executeTakeFirstOrThrow();
  const counts = outboxStates.map((state) => [state, rows.find((row) => row.state === state)?.mails ?? 0]);
  return { counts: Object.fromEntries(counts), delayed: late.mails };
}

export function noSuchItem(id: string): UserError {
  return new UserError('outbox-item-not-found', `There is no outgoing mail ${id}.`, { status: 404 });
}

function itemOf(row: Pick<Selectable<Database['outbox']>, (typeof itemColumns)[number]>, now: number): OutboxItem {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id: row.id,
    interaction: row.interaction,
    to: row.to_address,
    subject: row.subject,
    state: row.state,
    kind: row.kind,
    reason: row.reason,
    outbound: row.outbound,
    isDelayed: row.state === 'waiting' && row.queued_at < now - delayedAfterMs,
    attempts: row.attempts,
    createdAt: new Date(row.created_at).toISOString(),
    sentAt: time(row.sent_at),
    nextAttemptAt: row.state === 'waiting' ? time(row.next_attempt_at) : null,
  };
}
