import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { encodeTime } from 'ulid';
import { maxHoldSeconds } from '../../schemas/api/replies.ts';
import type { OutboxState } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { type Prepared, prepare } from '../store/prepare.ts';
import type { Store } from '../store/store.ts';
import { giveUpAfterMs, longestPauseMs } from './back-off.ts';

const dueColumns = ['id', 'from_address', 'envelope_from', 'to_address', 'raw', 'attempts', 'queued_at'] as const;

export type DueRow = Pick<NewRow, (typeof dueColumns)[number]>;

/** What becomes of a row after an attempt. */
export interface Outcome {
  id: string;
  state: OutboxState;
  reason: string;
  /** 1 if the attempt counts, 0 if nothing was tried on this mail. */
  attempts: 0 | 1;
  /** Null leaves the row's own. */
  nextAttemptAt: number | null;
  sentAt: number | null;
  /** The envelope sender that was used, where it is not the row's own. */
  envelopeFrom?: string;
}

/** Told in the same transaction of rows that have just become `failed` or `bounced` by themselves: nobody has seen it yet. */
export type OnUndelivered = (tx: Transaction<Database>, ids: readonly string[]) => Promise<void>;

export type NewRow = Omit<Selectable<Database['outbox']>, 'removed'>;

/**
 * The statement that writes one row. A settle that is repeated after a crash asks for the same answer again; the first one stands.
 */
export function createInsertRow(): Prepared<NewRow, never> {
  return prepare<NewRow, never>((db, value) =>
    db
      .insertInto('outbox')
      .values({
        id: value('id'),
        interaction: value('interaction'),
        action: value('action'),
        ordinal: value('ordinal'),
        kind: value('kind'),
        mailbox: value('mailbox'),
        outbound: value('outbound'),
        to_address: value('to_address'),
        thread: value('thread'),
        from_address: value('from_address'),
        envelope_from: value('envelope_from'),
        subject: value('subject'),
        message_id: value('message_id'),
        text: value('text'),
        raw: value('raw'),
        state: value('state'),
        reason: value('reason'),
        attempts: value('attempts'),
        created_at: value('created_at'),
        queued_at: value('queued_at'),
        next_attempt_at: value('next_attempt_at'),
        sent_at: value('sent_at'),
      })
      .onConflict((conflict) => conflict.columns(['interaction', 'action', 'ordinal']).doNothing())
      .$castTo<never>(),
  );
}

/**
 * Waiting rows of one way out whose time has come, the longest due first. `waiting` is written out, not bound: SQLite uses a partial index only
 * where the query repeats its condition.
 */
function createSelectDue(): Prepared<DueInput, DueRow> {
  return prepare<DueInput, DueRow>((db, value) =>
    db
      .selectFrom('outbox')
      .select([...dueColumns])
      .where(isWaiting)
      .where('outbound', '=', value('outbound'))
      .where('next_attempt_at', '<=', value('now'))
      .orderBy('next_attempt_at')
      // A sum: at a bare bound limit SQLite looks while it plans, and plans anew for each.
      .limit(sql<number>`${value('limit')} + 0`),
  );
}

const isWaiting = sql<boolean>`state = 'waiting'`;

interface DueInput {
  /** Id of the outbound mailbox; empty for what is captured. */
  outbound: string;
  now: number;
  limit: number;
}

/** What delivery writes, as often as intake does. */
export interface OutboxWritings {
  /** Waiting rows whose time has come, the longest due first; nothing is written, but what was written before is seen. */
  due(input: DueInput): Promise<DueRow[]>;
  /** Marks such rows `sending` durably, before anything goes over the wire: what a crash leaves so is `uncertain` at the next start. */
  claimDue(input: DueInput): Promise<DueRow[]>;
  /** Records many outcomes in one commit; equal ones share a statement. */
  recordOutcomes(outcomes: readonly Outcome[]): Promise<void>;
  /** Gives up rows that waited for so long that their answer has lost its sense. Resolves to how many. */
  giveUpExpired(input: ExpiredInput): Promise<number>;
}

interface ExpiredInput {
  outbound: string;
  queuedBefore: number;
  reason: string;
}

export function createOutboxWritings(onUndelivered: OnUndelivered) {
  const select = createSelectDue();
  const selectDue = async (tx: Transaction<Database>, input: DueInput) => (await select(tx, input)).rows;
  return {
    due: selectDue,

    async claimDue(tx: Transaction<Database>, input: DueInput): Promise<DueRow[]> {
      const rows = await selectDue(tx, input);
      if (rows.length > 0) {
        const ids = rows.map((row) => row.id);
        await tx.updateTable('outbox').set({ state: 'sending' }).where('id', 'in', ids).execute();
      }
      return rows;
    },

    async recordOutcomes(tx: Transaction<Database>, outcomes: readonly Outcome[]): Promise<void> {
      for (const group of Map.groupBy(outcomes, ({ id: _, ...rest }) => JSON.stringify(rest)).values()) {
        const [first] = group;
        if (first === undefined) continue;
        await tx
          .updateTable('outbox')
          .set((row) => ({
            state: first.state,
            reason: first.reason,
            attempts: row('attempts', '+', first.attempts),
            ...(first.nextAttemptAt === null ? {} : { next_attempt_at: first.nextAttemptAt }),
            sent_at: first.sentAt,
            ...(first.envelopeFrom === undefined ? {} : { envelope_from: first.envelopeFrom }),
          }))
          .where(
            'id',
            'in',
            group.map((outcome) => outcome.id),
          )
          .execute();
      }
      const failed = outcomes.filter(({ state }) => state === 'failed').map(({ id }) => id);
      if (failed.length > 0) await onUndelivered(tx, failed);
    },

    async giveUpExpired(tx: Transaction<Database>, { outbound, queuedBefore, reason }: ExpiredInput): Promise<number> {
      const rows = await tx
        .updateTable('outbox')
        .set({ state: 'failed', reason, next_attempt_at: null })
        .where(isWaiting)
        .where('outbound', '=', outbound)
        .where('queued_at', '<', queuedBefore)
        .returning('id')
        .execute();
      const ids = rows.map(({ id }) => id);
      await onUndelivered(tx, ids);
      return ids.length;
    },
  };
}

/** Rows that were being sent when the process ended. Returns how many. */
export function markInterrupted(store: Store): Promise<number> {
  return store.commit(async (tx) => {
    const result = await tx
      .updateTable('outbox')
      .set({ state: 'uncertain', reason: 'Sluice stopped while this was being sent: it may or may not have arrived' })
      .where('state', '=', 'sending')
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  });
}

/** Waiting rows whose outbound mailbox is gone leave by another; empty: they are captured. Returns how many. */
export function moveWaiting(store: Store, known: readonly string[], to: string): Promise<number> {
  return store.commit(async (tx) => {
    let rows = tx.updateTable('outbox').set({ outbound: to }).where(isWaiting);
    if (known.length > 0) rows = rows.where('outbound', 'not in', known);
    const result = await rows.where('outbound', '<>', to).executeTakeFirst();
    return Number(result.numUpdatedRows);
  });
}

/**
 * What waits for a time that no pause explains was written by a clock that has been set back since: it is due. Without this it would wait for as
 * long as the clock was wrong. Returns how many.
 */
export function endImpossiblePauses(store: Store, now: number): Promise<number> {
  return store.commit(async (tx) => {
    const result = await tx
      .updateTable('outbox')
      .set({ next_attempt_at: now })
      .where(isWaiting)
      .where('next_attempt_at', '>', now)
      // Before its first try a mail is due at once, or when it can no longer be taken back.
      .where((row) =>
        row.or([
          row('next_attempt_at', '>', now + longestPauseMs),
          row.and([row('attempts', '=', 0), row('next_attempt_at', '>', now + maxHoldSeconds * 1_000)]),
        ]),
      )
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  });
}

/** All that waits for an outbound mailbox is due. */
export function dueNow(store: Store, outbound: string, now: number): Promise<void> {
  return store.commit(async (tx) => {
    await tx
      .updateTable('outbox')
      .set({ next_attempt_at: now })
      .where(isWaiting)
      .where('outbound', '=', outbound)
      .where('next_attempt_at', '>', now)
      .execute();
  });
}

/** When mails left through an outbound mailbox since a moment, for its limit per day. */
export async function sentSince(read: Kysely<Database>, outbound: string, since: number): Promise<number[]> {
  const rows = await read
    .selectFrom('outbox')
    .select('sent_at')
    .where('state', '=', 'sent')
    // An id begins with the time at which its row was made, which bounds the search.
    .where('id', '>=', encodeTime(since - giveUpAfterMs, 10))
    .where('outbound', '=', outbound)
    .where('sent_at', '>', since)
    .execute();
  return rows.flatMap((row) => row.sent_at ?? []);
}
