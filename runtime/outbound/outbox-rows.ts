import type { Kysely, Selectable, Transaction } from 'kysely';
import type { OutboxState } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { type Prepared, prepare } from '../store/prepare.ts';
import type { Store } from '../store/store.ts';

export interface DueRow {
  id: string;
  envelope_from: string;
  to_address: string;
  raw: Uint8Array;
  attempts: number;
}

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
}

export type NewRow = Selectable<Database['outbox']>;

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
        next_attempt_at: value('next_attempt_at'),
        sent_at: value('sent_at'),
      })
      .onConflict((conflict) => conflict.columns(['interaction', 'action', 'ordinal']).doNothing())
      .$castTo<never>(),
  );
}

/** Waiting rows whose time has come, the longest due first. */
function selectDue(db: Kysely<Database>, { now, limit }: DueInput): Promise<DueRow[]> {
  return db
    .selectFrom('outbox')
    .select(['id', 'envelope_from', 'to_address', 'raw', 'attempts'])
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
}

interface DueInput {
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
}

export function createOutboxWritings() {
  return {
    due: (tx: Transaction<Database>, input: DueInput): Promise<DueRow[]> => selectDue(tx, input),

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
          }))
          .where(
            'id',
            'in',
            group.map((outcome) => outcome.id),
          )
          .execute();
      }
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

/** Rows that were due for so long without a way out that their answer has lost its sense. Returns how many. */
export function markExpired(store: Store, dueBefore: number, reason: string): Promise<number> {
  return store.commit(async (tx) => {
    const result = await tx
      .updateTable('outbox')
      .set({ state: 'failed', reason, next_attempt_at: null })
      .where('state', '=', 'waiting')
      .where('next_attempt_at', '<', dueBefore)
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  });
}
