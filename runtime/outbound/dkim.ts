import DKIM from 'nodemailer/lib/dkim';
import { addressParts } from '../../schemas/addresses/address.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { signingKey } from '../../schemas/signing-key.ts';
import { readHead } from '../mail/read-head.ts';
import type { Sender } from './sender.ts';

interface Keys {
  read(): Pick<Settings, 'domains'>;
  /** Throws UserError `secret-unreadable`. */
  open(sealed: string): string;
}

/**
 * Signs what is sent from a domain that has a key (RFC 6376), on the finished bytes and right before they leave: the key in force is that of
 * the moment, and the commit that composed the mail is not held up by arithmetic.
 */
export function signed(sender: Sender, keys: Keys): Sender {
  return {
    ...sender,
    async send(mail, signal) {
      let raw: Uint8Array;
      try {
        raw = await sign(mail.raw, keys);
      } catch (thrown) {
        // Nothing was sent yet; unsigned it must not leave, since the domain's policy may have it thrown away.
        return { state: 'unavailable', reason: `The mail could not be signed: ${coerceError(thrown).message}` };
      }
      return sender.send({ ...mail, raw }, signal);
    },
  };
}

/** The mail with a signature of its From domain; as it is where that is none of ours or has no key. */
async function sign(raw: Uint8Array, { read, open }: Keys): Promise<Uint8Array> {
  const domainName = addressParts(readHead(raw).from.address)?.domain;
  const domain = read().domains.find(({ name }) => name === domainName);
  const key = domain === undefined ? undefined : signingKey(domain);
  if (domain === undefined || key === undefined) return raw;
  const dkim = new DKIM({ domainName: domain.name, keySelector: key.selector, privateKey: open(key.privateKey) });
  const chunks: Buffer[] = [];
  for await (const chunk of dkim.sign(Buffer.from(raw))) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
