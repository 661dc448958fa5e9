import type { Outbound } from '../../schemas/settings.ts';
import { createCaptureSender } from './capture-sender.ts';
import type { Sender } from './sender.ts';
import { createSmtpSender } from './smtp-sender.ts';

/**
 * The sender that settings ask for; capture where there are none.
 *
 * @throws UserError `outbound-insecure`, or what `open` throws for a secret that cannot be read.
 */
export function createSender(outbound: Outbound | null, open: (sealed: string) => string): Sender {
  if (outbound === null) return createCaptureSender();
  const password = outbound.password === undefined ? null : open(outbound.password);
  return createSmtpSender({ outbound, password });
}
