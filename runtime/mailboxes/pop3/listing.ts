import { UserError } from '../../../schemas/errors.ts';
import type { Server } from '../server-settings.ts';
import { badAnswer } from './wire.ts';

export interface ListedMail {
  /** Means something in this session only. */
  number: number;
  /** The server's name for the mail, the same in every session. */
  uidl: string;
  /** As announced; servers round. */
  size: number;
}

/** Brings the answers to LIST and UIDL together. Rejects names that would let mails be mistaken for each other. */
export function mergeListings(
  sizes: readonly string[],
  names: readonly string[],
  server: Pick<Server, 'host' | 'port'>,
): ListedMail[] {
  const sizeByNumber = new Map<number, number>();
  for (const line of sizes) {
    const found = /^(\d{1,9}) +(\d{1,15})\b/.exec(line);
    if (!found) throw badAnswer(server, 'a list of mails that cannot be read');
    sizeByNumber.set(Number(found[1]), Number(found[2]));
  }
  const seen = new Set<string>();
  const mails: ListedMail[] = [];
  for (const line of names) {
    // RFC 1939 says at most 70 characters; longer names exist and do no harm.
    const found = /^(\d{1,9}) +([\x21-\x7e]{1,500})\s*$/.exec(line);
    const number = Number(found?.[1]);
    const uidl = found?.[2];
    const size = sizeByNumber.get(number);
    if (uidl === undefined || size === undefined) throw badAnswer(server, 'names of mails that cannot be read');
    if (seen.has(uidl)) {
      throw new UserError(
        'uidl-not-unique',
        `${server.host} gives several mails the same name (UIDL), so one could be taken for another. Use IMAP for this mailbox, or have the server mended.`,
      );
    }
    seen.add(uidl);
    mails.push({ number, uidl, size });
  }
  if (mails.length !== sizeByNumber.size) throw badAnswer(server, 'lists that do not agree');
  return mails;
}
