import type { OutboundTestResult } from '../../schemas/api/outbound-mailboxes.ts';
import { UserError } from '../../schemas/errors.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { createMessageId } from '../mail/message-id.ts';
import { compose } from './compose.ts';
import { isPlainAddress } from './own-addresses.ts';
import type { Sender } from './sender.ts';

interface TestMail {
  mailbox: OutboundMailbox;
  to: string;
  installation: string;
  now: number;
}

/**
 * Sends one mail beside the outbox, and says what the server answered. Its envelope sender is the From address: who asked for it should hear of
 * it when it cannot be delivered.
 *
 * @throws UserError `bad-address` (422).
 */
export async function sendTestMail(
  sender: Sender,
  { mailbox, to, installation, now }: TestMail,
  signal: AbortSignal,
): Promise<OutboundTestResult> {
  const from = mailbox.from ?? mailbox[mailbox.type]?.username ?? '';
  if (!isPlainAddress(from)) {
    const message =
      'Give the outbound mailbox a From address first: a test mail answers nothing that it could take one from.';
    throw new UserError('bad-address', message, { status: 422 });
  }
  if (!isPlainAddress(to)) {
    throw new UserError('bad-address', `"${to}" is not one address that a mail can be sent to.`, { status: 422 });
  }
  const raw = compose({
    from: { address: from, name: mailbox.fromName ?? '' },
    to,
    subject: 'Test mail from Sluice',
    text: `This mail shows that Sluice can send mail through the outbound mailbox ${mailbox.name}.`,
    messageId: createMessageId(installation, from.slice(from.lastIndexOf('@') + 1)),
    inReplyTo: null,
    references: [],
    date: now,
    kind: 'auto-generated',
  });
  const result = await sender.send({ envelope: { from, to, id: `test-${now}` }, raw }, signal);
  return { state: result.state, detail: result.state === 'sent' ? result.response : result.reason };
}
