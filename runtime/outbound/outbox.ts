import type { Transaction } from 'kysely';
import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { OutboxState } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { createDelivery, type DeliveryDeps } from './delivery.ts';
import type { LaneStatus } from './lane.ts';
import { noSuchItem } from './outbox-pages.ts';
import { dueNow } from './outbox-rows.ts';

/** Sends what stands in the outbox; what is to stand there, `answer-rows.ts` writes. */
export interface Outbox {
  /** Marks what a former process left in the middle as `uncertain`, then begins to send. */
  start(): Promise<void>;
  /** Looks for waiting rows now rather than at the next poll. */
  wake(): void;
  /** Waits for mails under way, 10 s at most. */
  stop(): Promise<void>;
  /**
   * By a person's decision: a failed, bounced or uncertain mail is sent once more, one that waits is tried now.
   *
   * @throws UserError `outbox-item-not-found` (404), `outbox-item-not-retryable` (409), `outbox-text-removed` (410).
   */
  retry(id: string): Promise<void>;
  /**
   * A mail that waits, or of which nobody knows whether it arrived, is not tried any more: it is `failed`, and says who decided so.
   *
   * @throws UserError `outbox-item-not-found` (404), `outbox-item-not-waiting` (409).
   */
  giveUp(id: string, by: string): Promise<void>;
  /** Lifts what keeps an outbound mailbox from trying, and has all that waits for it tried now. */
  tryNow(outbound: string): Promise<void>;
  status(outbound: string): LaneStatus | undefined;
}

type FoundRow = Pick<Database['outbox'], 'state' | 'outbound' | 'removed'>;

const retryable: readonly OutboxState[] = ['failed', 'bounced', 'uncertain', 'waiting'];

export function createOutbox(deps: Omit<DeliveryDeps, 'onRecorded'> & { onChange: (topic: Topic) => void }): Outbox {
  const { store, clock, onChange } = deps;
  const delivery = createDelivery({
    ...deps,
    onRecorded(isAnyFailed = false) {
      onChange('outbox');
      if (isAnyFailed) for (const topic of ['interactions', 'queues'] as const) onChange(topic);
    },
  });

  async function change(
    id: string,
    work: (tx: Transaction<Database>, row: FoundRow) => Promise<unknown>,
  ): Promise<void> {
    await store.commit(async (tx) => {
      const found = tx.selectFrom('outbox').select(['state', 'outbound', 'removed']).where('id', '=', id);
      const row = await found.executeTakeFirst();
      if (row === undefined) throw noSuchItem(id);
      await work(tx, row);
    });
    onChange('outbox');
  }

  return {
    start: delivery.start,
    wake: delivery.wake,
    stop: delivery.stop,
    async retry(id) {
      let outbound = '';
      await change(id, async (tx, row) => {
        if (!retryable.includes(row.state)) {
          throw new UserError(
            'outbox-item-not-retryable',
            `This mail is ${row.state}. Only one that waits, failed, bounced or is uncertain can be sent once more.`,
            { status: 409, data: { state: row.state } },
          );
        }
        if (row.removed !== null) {
          const message = 'What this mail said was removed by a retention rule: there is nothing left to send.';
          throw new UserError('outbox-text-removed', message, { status: 410 });
        }
        outbound = row.outbound;
        const now = clock.now();
        const anew =
          row.state === 'waiting' ? {} : { state: 'waiting' as const, reason: '', attempts: 0, queued_at: now };
        await tx
          .updateTable('outbox')
          .set({ ...anew, next_attempt_at: now })
          .where('id', '=', id)
          .execute();
        // Its outbound mailbox may be gone since: then it leaves by the default.
        await moveIfGone(tx, id, row.outbound);
      });
      delivery.tryNow(outbound);
      delivery.wake();
    },
    giveUp: (id, by) =>
      change(id, (tx, row) => {
        if (row.state !== 'waiting' && row.state !== 'uncertain') {
          const message = `This mail is ${row.state}. Only one that waits or is uncertain can be given up.`;
          throw new UserError('outbox-item-not-waiting', message, { status: 409, data: { state: row.state } });
        }
        return tx
          .updateTable('outbox')
          .set({ state: 'failed', reason: `Given up by ${by}`, next_attempt_at: null })
          .where('id', '=', id)
          .execute();
      }),
    async tryNow(outbound) {
      await dueNow(store, outbound, clock.now());
      delivery.tryNow(outbound);
      onChange('outbox');
    },
    status: delivery.status,
  };

  function moveIfGone(tx: Transaction<Database>, id: string, outbound: string): Promise<unknown> {
    const { outboundMailboxes, defaultOutbound } = deps.settings.read();
    if (outboundMailboxes.some((mailbox) => mailbox.id === outbound)) return Promise.resolve();
    return tx
      .updateTable('outbox')
      .set({ outbound: defaultOutbound ?? '' })
      .where('id', '=', id)
      .execute();
  }
}
