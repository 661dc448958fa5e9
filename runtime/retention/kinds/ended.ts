import { type RawBuilder, sql } from 'kysely';
import { encodeTime } from 'ulid';
import type { Rule } from './kind.ts';

/** The first id that was made at that moment or later. */
export function idAt(cutoff: number): string {
  return encodeTime(Math.max(0, cutoff), 10);
}

/**
 * Whether an interaction is done with since before the cutoff: nobody waits for it or writes to it, and nothing that was sent for it waits, is on its way, or may or
 * may not have arrived.
 */
export function isEnded(alias: string, { cutoff }: Rule): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql<boolean>`(
    ${of('state')} in ('done', 'disconnected', 'skipped')
    and ${of('id')} < ${idAt(cutoff)} and coalesce(${of('finished_at')}, 0) < ${cutoff}
    and not exists (
      select 1 from outbox where outbox.interaction = ${of('id')}
      and (outbox.state in ('waiting', 'sending', 'uncertain') or max(outbox.queued_at, coalesce(outbox.sent_at, 0)) >= ${cutoff})
    )
    and not exists (
      select 1 from reply_drafts where reply_drafts.interaction = ${of('id')} and reply_drafts.saved_at >= ${cutoff}
    )
  )`;
}

/** Whether a ledger row was settled before the cutoff, and waits for nobody. */
export function isSettled({ cutoff }: Rule): RawBuilder<boolean> {
  return sql<boolean>`(
    ledger.state not in ('received', 'quarantined')
    and max(ledger.accepted_at, coalesce(ledger.settled_at, 0)) < ${cutoff}
  )`;
}
