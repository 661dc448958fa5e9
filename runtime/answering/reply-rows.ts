import type { ReplyFile } from '../../schemas/api/replies.ts';
import type { Email } from '../../schemas/email.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Settings } from '../../schemas/settings.ts';
import { createMessageId } from '../mail/message-id.ts';
import { copiesOf, quoted, replyToOf, signatureOf } from '../outbound/answer-look.ts';
import { bounceToken, replyAddress, type Sign } from '../outbound/bounce-token.ts';
import { replyEnvelopeSender } from '../outbound/envelope-sender.ts';
import type { NewRow } from '../outbound/outbox-rows.ts';
import { answerReferences, threadOf } from '../outbound/thread.ts';
import type { FoundMail } from './answered-mail.ts';
import { composeReply } from './compose-reply.ts';

/** An answer whose sender and recipients were checked. */
export interface CheckedReply {
  id: string;
  mail: FoundMail & { email: Email };
  sender: { address: string; name: string; outbound: OutboundMailbox | null };
  to: readonly string[];
  cc: readonly string[];
  subject: string;
  text: string;
  files: readonly (ReplyFile & { bytes: Uint8Array })[];
  /** Put the mail below. */
  quote: boolean;
  now: number;
  /** Until then it does not leave. */
  heldUntil: number;
}

/** Blind copies are numbered behind all recipients. */
const copyOrdinals = 1_000;

interface Deps {
  settings: { read(): Settings; sign: Sign };
  createId(now: number): string;
}

/** The rows of the outbox that an answer becomes: one for each recipient and each blind copy, with the same bytes. */
export async function replyRows(reply: CheckedReply, { settings, createId }: Deps): Promise<NewRow[]> {
  const { mail, sender, now } = reply;
  const { email, route } = mail;
  const current = settings.read();
  const recipients = [...reply.to, ...reply.cc];
  const ids = recipients.map(() => createId(now));
  // The first row's token stands in what all of them get: it names the answer as well as any other.
  const [first = createId(now)] = ids;
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  const messageId = createMessageId(current.installation, domain, bounceToken(first, settings.sign));
  const replyTo = replyToOf(current.routes, route);
  const text = [reply.text.trimEnd(), ...signatureOf(route), ...(reply.quote ? quoted(email) : [])].join('\n\n');
  const names = new Map(
    [email.from, ...email.replyTo, ...email.cc, ...email.to].map(({ address, name }) => [address.toLowerCase(), name]),
  );
  const named = (address: string) => ({ address, name: names.get(address.toLowerCase()) ?? '' });
  const raw = await composeReply({
    ...answerReferences(email),
    from: { address: sender.address, name: sender.name },
    to: reply.to.map(named),
    cc: reply.cc.map(named),
    replyTo: replyTo.hasToken ? replyAddress(replyTo.address, first, settings.sign) : replyTo.address,
    subject: reply.subject,
    text,
    files: reply.files,
    messageId,
    date: now,
  });
  const row = (to: string, id: string, ordinal: number, kind: 'reply' | 'copy'): NewRow => ({
    id,
    interaction: mail.id,
    action: reply.id,
    ordinal,
    kind,
    mailbox: mail.mailbox.id,
    outbound: sender.outbound?.id ?? '',
    to_address: to,
    thread: kind === 'copy' ? '' : threadOf(email),
    from_address: sender.address,
    envelope_from: replyEnvelopeSender(sender.outbound, sender.address, id, settings.sign),
    subject: reply.subject,
    message_id: messageId,
    text,
    raw,
    state: 'waiting',
    reason: '',
    attempts: 0,
    created_at: now,
    queued_at: now,
    next_attempt_at: reply.heldUntil,
    sent_at: null,
  });
  return [
    ...recipients.map((to, index) => row(to, ids[index] ?? createId(now), index, 'reply')),
    ...copiesOf(route, recipients).map((to, index) => row(to, createId(now), copyOrdinals + index, 'copy')),
  ];
}
