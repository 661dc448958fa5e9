import type { OutboundTestResult } from '../../schemas/api/outbound-mailboxes.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { SenderReport } from '../outbound/sender-type.ts';
import { senderTypeOf } from '../outbound/sender-types.ts';
import { sendTestMail } from '../outbound/test-mail.ts';
import type { Services } from './services.ts';

/** Longer than a slow server needs for one mail, shorter than a person waits. */
const patienceMs = 30_000;

/** Sends one mail through an outbound mailbox; throws what `sendTestMail` throws. */
export async function testOutbound(
  mailbox: OutboundMailbox,
  to: string,
  { settings, clock, senderFor }: Pick<Services, 'settings' | 'clock' | 'senderFor'>,
): Promise<OutboundTestResult> {
  const sender = senderFor(mailbox);
  const { installation } = settings.read();
  try {
    return await sendTestMail(sender, { mailbox, to, installation, now: clock.now() }, AbortSignal.timeout(patienceMs));
  } finally {
    await sender.close();
  }
}

/** Tries an outbound mailbox, saved or not, without sending anything. */
export function verifyOutbound(mailbox: OutboundMailbox, { keys }: Pick<Services, 'keys'>): Promise<SenderReport> {
  return senderTypeOf(mailbox).verify(mailbox, keys, AbortSignal.timeout(patienceMs));
}
