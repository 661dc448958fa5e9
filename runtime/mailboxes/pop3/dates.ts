import { headOf, identityOf } from '../identity.ts';
import type { Pop3Connection } from './connection.ts';
import { Refusal } from './failure.ts';
import type { ListedMail } from './listing.ts';

/** What a mail's header says of it: POP3 itself tells neither when a mail came nor which it is. */
export interface MailFacts {
  identity: string;
  /** Seconds since the epoch: when the last server took it, or when it was written; 0 where the header does not say. */
  arrivedAt: number;
}

/** Reads the headers of the given mails; one that the server does not hand over is left out. By UIDL. */
export async function readFacts(
  open: Pop3Connection,
  mails: readonly ListedMail[],
  maxBytes: number,
): Promise<Map<string, MailFacts>> {
  const facts = new Map<string, MailFacts>();
  const heads = mails.map((mail) => ({ ...mail, lines: 0 }));
  await open.fetch(heads, maxBytes, async ({ uidl }, fetched) => {
    if (fetched instanceof Refusal) return;
    facts.set(uidl, { identity: identityOf(fetched.bytes), arrivedAt: arrivalOf(headOf(fetched.bytes)) });
  });
  return facts;
}

/** The first Received line is that of the server nearest to us, and its time stands behind the last semicolon. */
function arrivalOf(head: Uint8Array): number {
  const unfolded = Buffer.from(head)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ');
  const received = /^received:.*;([^;\r\n]{1,100})$/im.exec(unfolded)?.[1];
  const written = /^date:([^\r\n]{1,100})$/im.exec(unfolded)?.[1];
  for (const text of [received, written]) {
    // A comment such as "(CET)" says nothing that the offset does not.
    const time = text === undefined ? Number.NaN : Date.parse(text.replace(/\([^)]*\)/g, '').trim());
    if (!Number.isNaN(time)) return Math.floor(time / 1_000);
  }
  return 0;
}
