import addressparser from 'nodemailer/lib/addressparser';
import type { Address } from '../../schemas/email.ts';
import { decodeEncodedWords } from './headers.ts';
import type { MailLimits } from './limits.ts';

export const noAddress: Address = { address: '', name: '', domain: '' };

/**
 * Reads the values of one address header, groups flattened, encoded words still in them.
 * An entry that has neither an address nor a name is left out; one with only a name keeps it, with an empty address.
 */
export function readAddresses(values: readonly string[], limits: MailLimits): Address[] {
  const found: Address[] = [];
  for (const value of values) {
    for (const entry of addressparser(value, { flatten: true })) {
      if (found.length === limits.addresses) return found;
      const address = readAddress(decodeEncodedWords(entry.name).trim(), entry.address.trim(), limits);
      if (address.address !== '' || address.name !== '') found.push(address);
    }
  }
  return found;
}

/** Lower-cases the domain and nothing else: local parts may be case-sensitive (RFC 5321 2.4). */
function toAddress(address: string, name = ''): Address {
  const at = address.lastIndexOf('@');
  if (at < 0) return { address, name, domain: '' };
  const domain = address
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '');
  return { address: `${address.slice(0, at)}@${domain}`, name, domain };
}

/** Some senders encode the whole mailbox, brackets included; what is between the brackets is then the address. */
const encodedMailbox = /^([^<>]*)<([^<>@\s]+@[^<>@\s]+)>$/;

function readAddress(name: string, address: string, limits: MailLimits): Address {
  const whole = address === '' ? encodedMailbox.exec(name) : null;
  if (whole) return readAddress(whole[1]?.trim() ?? '', whole[2] ?? '', limits);
  // Encoded words are not allowed in an address (RFC 2047 section 5): decoding them would make up another recipient.
  const usable = address.length <= limits.addressChars && !address.includes('=?');
  return toAddress(usable ? address : '', name.slice(0, limits.addressChars));
}
