import type { Selectable } from 'kysely';
import type { InteractionSummary } from '../../schemas/api/interactions.ts';
import type { Database } from '../store/database.ts';

/** What a list reads of an interaction: narrow rows only, never mails or traces. */
export const summaryColumns = [
  'id',
  'ledger',
  'state',
  'queue',
  'priority',
  'rank',
  'subject',
  'from_address',
  'from_name',
  'preview',
  'received_at',
  'mailbox',
  'flow',
  'version',
  'reason',
  'claimed_by',
  'claimed_until',
] as const;

export type SummaryRow = Pick<Selectable<Database['interactions']>, (typeof summaryColumns)[number]>;

export function toSummary(row: SummaryRow): InteractionSummary {
  return {
    id: row.id,
    state: row.state,
    queue: row.queue,
    priority: row.priority,
    subject: row.subject,
    from: row.from_address,
    fromName: row.from_name,
    preview: row.preview,
    receivedAt: new Date(row.received_at).toISOString(),
    mailbox: row.mailbox,
    flow: row.flow,
    version: row.version,
    reason: row.reason,
    claimedBy: row.claimed_by,
    claimedUntil: row.claimed_until === null ? null : new Date(row.claimed_until).toISOString(),
  };
}
