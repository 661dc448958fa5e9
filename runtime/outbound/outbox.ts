import type { Transaction } from 'kysely';
import type { Topic } from '../../schemas/api/system.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox, Outbound, Settings } from '../../schemas/settings.ts';
import { createMessageId } from '../mail/message-id.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import { compose } from './compose.ts';
import { createCurrentSender } from './current-sender.ts';
import { createDelivery, type DeliveryStatus } from './delivery.ts';
import { createGuard, type Guard } from './guard.ts';
import { noSuchItem } from './outbox-pages.ts';
import { createInsertRow } from './outbox-rows.ts';
import { fromAddress } from './own-addresses.ts';
import type { Sender } from './sender.ts';
import { safeSubject } from './subject.ts';
import { answerReferences, threadOf } from './thread.ts';

interface EnqueueInput {
  /** Interaction id; its row must exist in the same transaction. */
  interaction: string;
  email: Email;
  mailbox: Mailbox;
  /** As `review` returned them: those not allowed are recorded as `withheld`. */
  effects: readonly Effect[];
}

export interface Outbox extends Guard {
  /**
   * Writes a row for every effect: `waiting`, or `withheld` with the guard's reason. One statement each; awaits nothing but `tx`.
   * Asking again for the same interaction changes nothing. Sending begins by itself soon after the commit.
   */
  enqueue(tx: Transaction<Database>, input: EnqueueInput): Promise<void>;
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

/** A commit takes a few milliseconds; looking a little later than it was asked for finds it done. */
const commitMs = 20;

export function createOutbox(deps: {
  store: Store;
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
  const { store, settings, clock, onChange } = deps;
  const guard = createGuard(deps);
  const insertRow = createInsertRow();
  const createId = createIds();
  const delivery = createDelivery({
    store,
    clock,
    log: deps.log,
    sender: createCurrentSender(deps),
    onRecorded: () => onChange('outbox'),
  });
  let soon: NodeJS.Timeout | null = null;

  function wakeAfterCommit(): void {
    soon ??= setTimeout(() => {
      soon = null;
      delivery.wake();
    }, commitMs).unref();
  }

  function rowOf(effect: Effect, ordinal: number, input: EnqueueInput) {
    const { email, interaction, mailbox } = input;
    const now = clock.now();
    const current = settings.read();
    const from = fromAddress(current, mailbox, email);
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
    const messageId = createMessageId(current.installation, domain);
    const subject = safeSubject(effect.subject, email);
    const answer = {
      ...answerReferences(email),
      from,
      to: effect.to,
      subject,
      text: effect.body,
      messageId,
      date: now,
      kind: 'auto-replied',
    } as const;
    return {
      id: createId(now),
      interaction,
      action: effect.action,
      ordinal,
      kind: 'auto-response',
      mailbox: mailbox.id,
      to_address: effect.to,
      thread: threadOf(email),
      from_address: from.address,
      // The null sender: a bounce of an automatic answer then goes nowhere (RFC 3834 section 3.3).
      envelope_from: '',
      subject,
      message_id: messageId,
      text: effect.body,
      // A withheld mail never leaves, and a loop makes very many of them: no bytes are kept.
      raw: effect.allowed ? compose(answer) : new Uint8Array(0),
      state: effect.allowed ? 'waiting' : 'withheld',
      reason: effect.reason,
      attempts: 0,
      created_at: now,
      next_attempt_at: effect.allowed ? now : null,
      sent_at: null,
    } as const;
  }

  return {
    review: guard.review,
    async enqueue(tx, input) {
      const asked = new Map<string, number>();
      for (const effect of input.effects) {
        const ordinal = asked.get(effect.action) ?? 0;
        asked.set(effect.action, ordinal + 1);
        await insertRow(tx, rowOf(effect, ordinal, input));
      }
      if (input.effects.length > 0) wakeAfterCommit();
    },
    start: delivery.start,
    wake: delivery.wake,
    async stop() {
      if (soon !== null) clearTimeout(soon);
      await delivery.stop();
    },
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
