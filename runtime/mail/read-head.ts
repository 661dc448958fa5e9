import type { Address } from '../../schemas/email.ts';
import { noAddress, readAddresses } from './addresses.ts';
import { headerValue, headerValues, readHeaders } from './headers.ts';
import { mailLimits } from './limits.ts';
import { splitMessage } from './raw-message.ts';

export interface MailHead {
  subject: string;
  from: Address;
}

/** Read on the event loop, so small: a mail whose head is longer was most likely refused for that. */
const headBytes = 32_768;

/**
 * Who wrote, and about what, of a mail that cannot be parsed as a whole: a person must decide about it, and needs more than an error to do so.
 * Never throws; empty where even that cannot be read.
 */
export function readHead(bytes: Uint8Array): MailHead {
  try {
    const { fields } = splitMessage(bytes.subarray(0, headBytes), mailLimits);
    const { decoded, encoded } = readHeaders(fields, mailLimits);
    const [from = noAddress] = readAddresses(headerValues(encoded, 'from'), mailLimits);
    return { subject: headerValue(decoded, 'subject'), from };
  } catch {
    return { subject: '', from: noAddress };
  }
}
