import type { Transaction } from 'kysely';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { createMessageId } from '../mail/message-id.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import { answerLook } from './answer-look.ts';
import type { AnsweredEmail } from './answered-email.ts';
import { bounceToken, replyAddress, type Sign } from './bounce-token.ts';
import { compose } from './compose.ts';
import { envelopeSender } from './envelope-sender.ts';
import { createGuard, type Guard, type GuardDeps } from './guard.ts';
import { createInsertRow, type NewRow } from './outbox-rows.ts';
import { answerSender } from './own-addresses.ts';
import { safeSubject } from './subject.ts';
import { answerReferences, threadOf } from './thread.ts';

interface EnqueueInput {
  /** Interaction id; its row must exist in the same transaction. */
  interaction: string;
  email: AnsweredEmail;
  mailbox: Mailbox;
  /** Id of the route that took the mail, if one did. */
  route?: string | null;
  /** When the mail arrived, milliseconds since the epoch. */
  receivedAt?: number;
  /** As `review` returned them: those not allowed are recorded as `withheld`. */
  effects: readonly Effect[];
}

/** Copies are numbered behind all answers that one action can ask for in a run. */
const copyOrdinals = 1_000;

/** What settle writes into the outbox: the guard's word, then a row for every answer. */
export interface AnswerRows extends Guard {
  /**
   * Writes a row for every effect: `waiting`, `withheld` with the guard's reason, or `uncertain` where a server whose data was lost may have sent it. One statement each; awaits nothing but `tx`.
   * Asking again for the same interaction changes nothing. Wake the outbox after the commit.
   */
  enqueue(tx: Transaction<Database>, input: EnqueueInput): Promise<void>;
}

export interface AnswerRowsDeps extends GuardDeps {
  settings: GuardDeps['settings'] & { sign: Sign };
  /** Of data that came out of a backup: when it did, and what is said of answers to mails from before. */
  restored?: { at: number; reason: string } | undefined;
}

export function createAnswerRows(deps: AnswerRowsDeps): AnswerRows {
  const { settings, clock, restored } = deps;
  const guard = createGuard(deps);
  const insertRow = createInsertRow();
  const createId = createIds();

  function rowsOf(effect: Effect, ordinal: number, input: EnqueueInput) {
    const { email, interaction, mailbox } = input;
    const now = clock.now();
    const mayBeSent = restored !== undefined && (input.receivedAt ?? now) < restored.at;
    const standing = mayBeSent
      ? ({ state: 'uncertain', reason: restored.reason, next_attempt_at: null } as const)
      : ({ state: 'waiting', reason: effect.reason, next_attempt_at: now } as const);
    const current = settings.read();
    const look = answerLook(current, input.route ?? null, effect, email);
    const { outbound, ...from } = answerSender(current, mailbox, email, look.from);
    const id = createId(now);
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
    const messageId = createMessageId(current.installation, domain, bounceToken(id, settings.sign));
    const subject = safeSubject(effect.subject, email);
    const answer = {
      ...answerReferences(email),
      from,
      to: effect.to,
      subject,
      replyTo: look.replyTo.hasToken ? replyAddress(look.replyTo.address, id, settings.sign) : look.replyTo.address,
      text: look.text,
      html: look.html,
      messageId,
      date: now,
      kind: 'auto-replied',
    } as const;
    const row = {
      id,
      interaction,
      action: effect.action,
      ordinal,
      kind: 'auto-response',
      mailbox: mailbox.id,
      outbound: outbound?.id ?? '',
      to_address: effect.to,
      thread: threadOf(email),
      from_address: from.address,
      envelope_from: envelopeSender(outbound, from.address, id, settings.sign),
      subject,
      message_id: messageId,
      text: look.text,
      // A withheld mail never leaves, and a loop makes very many of them: no bytes are kept.
      raw: effect.allowed ? compose(answer) : new Uint8Array(0),
      attempts: 0,
      created_at: now,
      queued_at: now,
      sent_at: null,
      ...(effect.allowed ? standing : ({ state: 'withheld', reason: effect.reason, next_attempt_at: null } as const)),
    } as const;
    const copies = effect.allowed ? look.copies : [];
    return [row, ...copies.map((to, index) => copyOf(row, outbound, to, index + 1))];
  }

  /** A mail of its own: what becomes of it says nothing about the answer, and it is found in no conversation. */
  function copyOf<R extends Pick<NewRow, 'ordinal' | 'created_at' | 'from_address'>>(
    row: R,
    outbound: OutboundMailbox | null,
    to: string,
    number: number,
  ) {
    const id = createId(row.created_at);
    return {
      ...row,
      id,
      envelope_from: envelopeSender(outbound, row.from_address, id, settings.sign),
      ordinal: row.ordinal + number * copyOrdinals,
      kind: 'copy' as const,
      to_address: to,
      thread: '',
    };
  }

  return {
    review: guard.review,
    async enqueue(tx, input) {
      const asked = new Map<string, number>();
      for (const effect of input.effects) {
        const ordinal = asked.get(effect.action) ?? 0;
        asked.set(effect.action, ordinal + 1);
        for (const row of rowsOf(effect, ordinal, input)) await insertRow(tx, row);
      }
    },
  };
}
