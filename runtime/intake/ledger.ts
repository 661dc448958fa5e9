import type { Kysely } from 'kysely';
import type { LedgerPage, LedgerQuery } from '../../schemas/api/ledger.ts';
import type { LedgerState } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { cutPage, decodeCursor, defaultPageSize } from '../store/page-cursor.ts';

/** Newest first, with the number of server messages in each state whatever the filter. */
export async function listLedger(read: Kysely<Database>, query: LedgerQuery): Promise<LedgerPage> {
  const limit = query.limit ?? defaultPageSize;
  let rows = read
    .selectFrom('ledger')
    .select(['id', 'mailbox', 'folder', 'server_key', 'state', 'reason', 'size', 'attempts'])
    .select(['received_at', 'settled_at', 'interaction'])
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (query.after !== undefined) rows = rows.where('id', '<', decodeCursor(query.after, ['number'])[0]);
  if (query.state !== undefined) rows = rows.where('state', '=', query.state);
  if (query.mailbox !== undefined) rows = rows.where('mailbox', '=', query.mailbox);
  const page = cutPage(await rows.execute(), limit, (row) => [row.id]);
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
    })),
    next: page.next,
  };
}

/** Every state, also those with none. The database counts while it writes: a million rows cost nothing here. */
export async function ledgerCounts(read: Kysely<Database>): Promise<Record<LedgerState, number>> {
  const rows = await read.selectFrom('ledger_counts').select(['state', 'mails']).execute();
  const counts = { received: 0, queued: 0, disconnected: 0, merged: 0, quarantined: 0, skipped: 0 };
  for (const row of rows) counts[row.state] = row.mails;
  return counts;
}
