import type { Mailbox } from '../../schemas/settings.ts';
import { createIds } from '../store/ids.ts';
import type { AcceptInput } from './accept-writing.ts';
import { type MailEntry, notHandedOver } from './mail-entry.ts';

/** What a source hands over; see runtime/mailboxes/source.ts for the meaning of each part. */
export interface IncomingMail {
  folder: string;
  serverKey: string;
  bytes: Uint8Array;
  receivedAt: number;
  envelope?: { from: string; to: string[]; client?: { ip: string; name: string } };
  wholeSize?: number;
  truncated?: boolean;
}

/**
 * Stores mails and cursor in one durable commit and returns those that were new, in order. When it resolves the server may be told
 * (that is the whole of "acknowledge"); when it rejects nothing was stored. Nothing of a mail is looked into here.
 * A server key that is known already counts as accepted: it is what a server repeats after a crash between our commit and its own note.
 */
export type Accept = (
  mailbox: Mailbox,
  mails: readonly IncomingMail[],
  cursor?: { folder: string; value: string },
) => Promise<MailEntry[]>;

export function createAccept(deps: {
  write: { accept(input: AcceptInput): Promise<(number | null)[]> };
  clock: { now(): number };
}): Accept {
  const nextId = createIds();

  return async (mailbox, mails, cursor = undefined) => {
    const acceptedAt = deps.clock.now();
    const bytes = share(mails.map((mail) => mail.bytes));
    const entries = mails.map((mail, index) => ({
      mail,
      interaction: nextId(acceptedAt),
      bytes: bytes[index] ?? none,
    }));
    const ids = await deps.write.accept({
      mailbox: mailbox.id,
      acceptedAt,
      mails: entries.map(({ mail, interaction, bytes: shared }) => ({
        folder: mail.folder,
        serverKey: mail.serverKey,
        interaction,
        verdict: verdictOf(mail),
        envelope: mail.envelope === undefined ? null : JSON.stringify(mail.envelope),
        receivedAt: mail.receivedAt,
        bytes: shared,
        wholeSize: mail.wholeSize ?? null,
      })),
      cursor: cursor ?? null,
    });
    return entries.flatMap(({ mail, interaction, bytes: shared }, index): MailEntry[] => {
      const ledger = ids[index] ?? null;
      if (ledger === null) return [];
      return [
        {
          ledger,
          interaction,
          mailbox: mailbox.id,
          folder: mail.folder,
          envelope: mail.envelope,
          receivedAt: mail.receivedAt,
          size: shared.byteLength,
          wholeSize: mail.wholeSize,
          attempts: 1,
          verdict: verdictOf(mail),
          bytes: shared,
          done: [],
        },
      ];
    });
  };
}

function verdictOf(mail: IncomingMail): string {
  return mail.truncated === true ? notHandedOver : '';
}

const none = new Uint8Array(0);

/** One copy, in memory that the threads which store and parse the mails see too; without it each of them would get a copy of its own. */
function share(mails: readonly Uint8Array[]): Uint8Array[] {
  const shared = new SharedArrayBuffer(mails.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let end = 0;
  return mails.map((mail) => {
    const place = new Uint8Array(shared, end, mail.byteLength);
    place.set(mail);
    end += mail.byteLength;
    return place;
  });
}
