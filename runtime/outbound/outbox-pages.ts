import type { Kysely, Selectable } from 'kysely';
import type { OutboxDetail, OutboxItem, OutboxPage, OutboxQuery } from '../../schemas/api/outbox.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import { cutPage, decodeCursor, defaultPageSize } from '../store/page-cursor.ts';

const itemColumns = [
  'id',
  'interaction',
  'to_address',
  'subject',
  'state',
  'kind',
  'reason',
  'attempts',
  'created_at',
  'sent_at',
  'next_attempt_at',
] as const;

/** Newest first. */
export async function listOutbox(read: Kysely<Database>, query: OutboxQuery): Promise<OutboxPage> {
  const limit = query.limit ?? defaultPageSize;
  let rows = read
    .selectFrom('outbox')
    .select(itemColumns)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (query.state !== undefined) rows = rows.where('state', '=', query.state);
  if (query.interaction !== undefined) rows = rows.where('interaction', '=', query.interaction);
  if (query.after !== undefined) rows = rows.where('id', '<', decodeCursor(query.after, ['string'])[0]);
  const page = cutPage(await rows.execute(), limit, (row) => [row.id]);
  return { items: page.rows.map(itemOf), next: page.next };
}

/** @throws UserError `outbox-item-not-found` (404). */
export async function getOutboxItem(read: Kysely<Database>, id: string): Promise<OutboxDetail> {
  const row = await read
    .selectFrom('outbox')
    .select([...itemColumns, 'from_address', 'message_id', 'text'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw noSuchItem(id);
  return { ...itemOf(row), from: row.from_address, messageId: row.message_id, text: row.text };
}

export function noSuchItem(id: string): UserError {
  return new UserError('outbox-item-not-found', `There is no outgoing mail ${id}.`, { status: 404 });
}

function itemOf(row: Pick<Selectable<Database['outbox']>, (typeof itemColumns)[number]>): OutboxItem {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id: row.id,
    interaction: row.interaction,
    to: row.to_address,
    subject: row.subject,
    state: row.state,
    kind: row.kind,
    reason: row.reason,
    attempts: row.attempts,
    createdAt: new Date(row.created_at).toISOString(),
    sentAt: time(row.sent_at),
    nextAttemptAt: row.state === 'waiting' ? time(row.next_attempt_at) : null,
  };
}
