import { type Kysely, sql } from 'kysely';
import type { LedgerPage, LedgerQuery } from '../../schemas/api/ledger.ts';
import type { LedgerState } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { cutPage, decodeCursor, defaultPageSize, lookedAt } from '../store/page-cursor.ts';

/** Newest first, with the number of server messages in each state whatever the filter. */
export async function listLedger(read: Kysely<Database>, query: LedgerQuery): Promise<LedgerPage> {
  const limit = query.limit ?? defaultPageSize;
  let rows = read
    .selectFrom('ledger')
    .select(['id', 'mailbox', 'folder', 'server_key', 'state', 'reason', 'size', 'attempts'])
    .select(['received_at', 'settled_at', 'interaction', 'removed'])
    .orderBy('id', 'desc')
    .limit(limit + 1);
  const before = query.after === undefined ? null : decodeCursor(query.after, ['number'])[0];
  if (before !== null) rows = rows.where('id', '<', before);
  if (query.mailbox !== undefined) rows = rows.where('mailbox', '=', query.mailbox);
  let reach: number | null = null;
  if (query.state !== undefined && query.mailbox !== undefined) {
    reach = await reachIn(read, query.mailbox, before);
    // The sign keeps SQLite from going by the index of states, of which one may hold a million mails of other mailboxes.
    rows = rows.where(sql<boolean>`+state = ${query.state}`);
    if (reach !== null) rows = rows.where('id', '>=', reach);
  } else if (query.state !== undefined) rows = rows.where('state', '=', query.state);
  const page = cutPage(await rows.execute(), limit, (row) => [row.id], reach === null ? null : [reach]);
  return {
    counts: await ledgerCounts(read),
    items: page.rows.map((row) => ({
      id: row.id,
      mailbox: row.mailbox,
      folder: row.folder,
      serverKey: row.server_key,
      state: row.state,
      reason: row.reason,
      size: row.size,
      attempts: row.attempts,
      receivedAt: new Date(row.received_at).toISOString(),
      settledAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
      interaction: row.interaction,
      removed: row.removed === null ? null : JSON.parse(row.removed),
    })),
    next: page.next,
  };
}

/** The last of the mails of a mailbox that one page looks at; null where it can look at all. */
async function reachIn(read: Kysely<Database>, mailbox: string, before: number | null): Promise<number | null> {
  let rows = read.selectFrom('ledger').select('id').where('mailbox', '=', mailbox).orderBy('id', 'desc');
  if (before !== null) rows = rows.where('id', '<', before);
  const row = await rows
    .offset(lookedAt - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Every state, also those with none. The database counts while it writes: a million rows cost nothing here. */
export async function ledgerCounts(read: Kysely<Database>): Promise<Record<LedgerState, number>> {
  const rows = await read.selectFrom('ledger_counts').select(['state', 'mails']).execute();
  const counts = { received: 0, queued: 0, disconnected: 0, merged: 0, quarantined: 0, skipped: 0 };
  for (const row of rows) counts[row.state] = row.mails;
  return counts;
}
