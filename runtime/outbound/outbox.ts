import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Outbound, Settings } from '../../schemas/settings.ts';
import type { Store } from '../store/store.ts';
import { createCurrentSender } from './current-sender.ts';
import { createDelivery, type DeliveryStatus } from './delivery.ts';
import { noSuchItem } from './outbox-pages.ts';
import type { OutboxWritings } from './outbox-rows.ts';
import type { Sender } from './sender.ts';

/** Sends what stands in the outbox; what is to stand there, `answer-rows.ts` writes. */
export interface Outbox {
  /** Marks what a former process left in the middle as `uncertain`, then begins to send. */
  start(): Promise<void>;
  /** Looks for waiting rows now rather than at the next poll. */
  wake(): void;
  /** Waits for mails under way, 10 s at most. */
  stop(): Promise<void>;
  /**
   * Sends a failed or uncertain mail once more, by a person's decision.
   *
   * @throws UserError `outbox-item-not-found` (404), `outbox-item-not-retryable` (409).
   */
  retry(id: string): Promise<void>;
  status(): DeliveryStatus;
}

export function createOutbox(deps: {
  store: Store;
  write: OutboxWritings;
  settings: { read(): Settings };
  clock: { now(): number };
  log: {
    info(data: object, message: string): void;
    warn(data: object, message: string): void;
    error(data: object, message: string): void;
  };
  onChange: (topic: Topic) => void;
  /** May throw a UserError where the settings cannot work; outgoing mail then waits until they change. */
  senderFor: (outbound: Outbound | null) => Sender;
}): Outbox {
  const { store, clock, onChange } = deps;
  const delivery = createDelivery({
    store,
    write: deps.write,
    clock,
    log: deps.log,
    sender: createCurrentSender(deps),
    onRecorded: () => onChange('outbox'),
  });

  return {
    start: delivery.start,
    wake: delivery.wake,
    stop: delivery.stop,
    async retry(id) {
      await store.commit(async (tx) => {
        const row = await tx.selectFrom('outbox').select('state').where('id', '=', id).executeTakeFirst();
        if (row === undefined) {
          throw noSuchItem(id);
        }
        if (row.state !== 'failed' && row.state !== 'uncertain') {
          throw new UserError(
            'outbox-item-not-retryable',
            `This mail is ${row.state}. Only one that is failed or uncertain can be sent once more.`,
            { status: 409, data: { state: row.state } },
          );
        }
        await tx
          .updateTable('outbox')
          .set({ state: 'waiting', reason: '', attempts: 0, next_attempt_at: clock.now() })
          .where('id', '=', id)
          .execute();
      });
      onChange('outbox');
      delivery.wake();
    },
    status: delivery.status,
  };
}
