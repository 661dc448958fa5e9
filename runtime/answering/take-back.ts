import type { Transaction } from 'kysely';
import { UserError } from '../../schemas/errors.ts';
import { noteIntervention } from '../intake/interventions.ts';
import { unfinish } from '../queues/held.ts';
import { usualLeaseSeconds } from '../queues/leases.ts';
import type { Database } from '../store/database.ts';
import { writeDraft } from './drafts.ts';
import { unbindFiles } from './files.ts';
import { noSuchReply } from './sent-replies.ts';

interface Wish {
  interaction: string;
  /** Of the reply. */
  id: string;
  /** Id of the user or token. */
  who: string;
  now: number;
}

/**
 * Takes a reply out of the outbox as long as none of its mails was touched, and makes a draft of it again; a mail that was finished with it is
 * their own again. Asking twice changes nothing.
 *
 * @throws UserError `reply-not-found` (404), `not-your-reply` (403), `reply-left` (409).
 */
export async function takeBack(tx: Transaction<Database>, { interaction, id, who, now }: Wish): Promise<void> {
  const reply = await tx
    .selectFrom('replies')
    .innerJoin('interactions', 'interactions.id', 'replies.interaction')
    .selectAll('replies')
    .select('ledger')
    .where('replies.id', '=', id)
    .where('interaction', '=', interaction)
    .executeTakeFirst();
  if (reply === undefined) throw noSuchReply(id);
  if (reply.who !== who) {
    const message = `${reply.who_name} wrote this reply, and nobody else can take it back. Give it up in the outbox.`;
    throw new UserError('not-your-reply', message, { status: 403 });
  }
  if (reply.taken_back_at !== null) return;
  const touched = await tx
    .selectFrom('outbox')
    .select('id')
    .where('interaction', '=', interaction)
    .where('action', '=', id)
    .where((row) => row.or([row('state', '<>', 'waiting'), row('attempts', '>', 0)]))
    .limit(1)
    .executeTakeFirst();
  if (touched !== undefined) {
    throw new UserError('reply-left', 'This reply has left already, so it cannot be taken back.', { status: 409 });
  }
  await tx.deleteFrom('outbox').where('interaction', '=', interaction).where('action', '=', id).execute();
  await tx.updateTable('replies').set({ taken_back_at: now }).where('id', '=', id).execute();
  const draft = {
    to: JSON.parse(reply.to_addresses),
    cc: JSON.parse(reply.cc_addresses),
    subject: reply.subject,
    text: reply.text,
    ...(reply.from_chosen === null ? {} : { from: reply.from_chosen }),
    quote: reply.quoted === 1,
  };
  await unbindFiles(tx, id);
  await writeDraft(tx, { interaction, who }, draft, now);
  if (reply.finished === 1) {
    const until = now + usualLeaseSeconds * 1_000;
    await unfinish(tx, { interaction, user: who, now }, { finishedAt: reply.created_at, until });
  }
  await noteIntervention(tx, { interaction, ledger: reply.ledger, at: now, who, action: 'take-back', detail: '' });
}
