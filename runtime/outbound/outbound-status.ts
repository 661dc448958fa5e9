import { type Kysely, sql } from 'kysely';
import type { OutboundStatus } from '../../schemas/api/outbound-mailboxes.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Database } from '../store/database.ts';
import { delayedAfterMs } from './back-off.ts';
import type { LaneStatus } from './lane.ts';

/** What an outbound mailbox is doing, and what waits for it. */
export async function outboundStatus(
  read: Kysely<Database>,
  mailbox: OutboundMailbox,
  lane: LaneStatus | undefined,
  now: number,
): Promise<OutboundStatus> {
  const waiting = await waitingFor(read, mailbox.id, now);
  const reason = lane?.suspended?.reason ?? lane?.slowed ?? undefined;
  return {
    state: stateOf(mailbox, lane),
    ...(reason !== undefined && mailbox.enabled && { reason }),
    ...(lane?.suspended && mailbox.enabled && { nextTryAt: new Date(lane.suspended.until).toISOString() }),
    ...(lane?.lastSuccessAt && { lastSuccessAt: new Date(lane.lastSuccessAt).toISOString() }),
    ...(lane?.note && { note: lane.note }),
    inFlight: lane?.inFlight ?? 0,
    ...waiting,
  };
}

function stateOf(mailbox: OutboundMailbox, lane: LaneStatus | undefined): OutboundStatus['state'] {
  if (!mailbox.enabled) return 'off';
  if (lane?.suspended) return 'suspended';
  return lane?.slowed ? 'slowed' : 'ready';
}

/** Counted over the index of what waits alone. */
async function waitingFor(read: Kysely<Database>, outbound: string, now: number) {
  const row = await read
    .selectFrom('outbox')
    .select((select) => [
      select.fn.countAll<number>().as('waiting'),
      select.fn.min('queued_at').as('oldest'),
      sql<number>`coalesce(sum(queued_at < ${now - delayedAfterMs}), 0)`.as('delayed'),
    ])
    .where(sql<boolean>`state = 'waiting'`)
    .where('outbound', '=', outbound)
    .executeTakeFirstOrThrow();
  return {
    waiting: row.waiting,
    delayed: row.delayed,
    ...(row.waiting > 0 && { oldestWaitingAt: new Date(row.oldest).toISOString() }),
  };
}
