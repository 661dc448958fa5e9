import type { Transaction } from 'kysely';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import { createMessageId } from '../mail/message-id.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import { answerLook } from './answer-look.ts';
import type { AnsweredEmail } from './answered-email.ts';
import { compose } from './compose.ts';
import { createGuard, type Guard } from './guard.ts';
import { createInsertRow, type NewRow } from './outbox-rows.ts';
import { fromAddress } from './own-addresses.ts';
import { safeSubject } from './subject.ts';
import { answerReferences, threadOf } from './thread.ts';

interface EnqueueInput {
  /** Interaction id; its row must exist in the same transaction. */
  interaction: string;
  email: AnsweredEmail;
  mailbox: Mailbox;
  /** Id of the route that took the mail, if one did. */
  route?: string | null;
  /** As `review` returned them: those not allowed are recorded as `withheld`. */
  effects: readonly Effect[];
}

/** Copies are numbered behind all answers that one action can ask for in a run. */
const copyOrdinals = 1_000;

/** What settle writes into the outbox: the guard's word, then a row for every answer. */
export interface AnswerRows extends Guard {
  /**
   * Writes a row for every effect: `waiting`, or `withheld` with the guard's reason. One statement each; awaits nothing but `tx`.
   * Asking again for the same interaction changes nothing. Wake the outbox after the commit.
   */
  enqueue(tx: Transaction<Database>, input: EnqueueInput): Promise<void>;
}

export function createAnswerRows(deps: { settings: { read(): Settings }; clock: { now(): number } }): AnswerRows {
  const { settings, clock } = deps;
  const guard = createGuard(deps);
  const insertRow = createInsertRow();
  const createId = createIds();

  function rowsOf(effect: Effect, ordinal: number, input: EnqueueInput) {
    const { email, interaction, mailbox } = input;
    const now = clock.now();
    const current = settings.read();
    const look = answerLook(current, input.route ?? null, effect, email);
    const from = { ...fromAddress(current, mailbox, email), ...look.from };
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
    const messageId = createMessageId(current.installation, domain);
    const subject = safeSubject(effect.subject, email);
    const answer = {
      ...answerReferences(email),
      from,
      to: effect.to,
      subject,
      replyTo: look.replyTo,
      text: look.text,
      html: look.html,
      messageId,
      date: now,
      kind: 'auto-replied',
    } as const;
    const row = {
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
      text: look.text,
      // A withheld mail never leaves, and a loop makes very many of them: no bytes are kept.
      raw: effect.allowed ? compose(answer) : new Uint8Array(0),
      state: effect.allowed ? 'waiting' : 'withheld',
      reason: effect.reason,
      attempts: 0,
      created_at: now,
      next_attempt_at: effect.allowed ? now : null,
      sent_at: null,
    } as const;
    return [row, ...(effect.allowed ? look.copies.map((to, index) => copyOf(row, to, index + 1)) : [])];
  }

  /** A mail of its own: what becomes of it says nothing about the answer, and it is found in no conversation. */
  function copyOf<R extends Pick<NewRow, 'ordinal' | 'created_at'>>(row: R, to: string, number: number) {
    return {
      ...row,
      id: createId(row.created_at),
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
