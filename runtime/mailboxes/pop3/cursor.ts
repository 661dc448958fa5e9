import { UnexpectedError } from '../../../schemas/errors.ts';
import type { ListedMail } from './listing.ts';

/** A mail that stood there before the mailbox was set up: it is not ours to take. */
interface FormerMail {
  size: number;
  /** Seconds since the epoch: since when the server does not list it any more; 0 while it does. */
  goneAt: number;
}

interface TakenMail {
  /** Seconds since the epoch. */
  at: number;
  /** False where only the head, or nothing, could be had: such a mail is never deleted on the server. */
  whole: boolean;
}

/** Which mails of a maildrop are known. Stored with the mails; by UIDL. */
export interface Pop3Cursor {
  account: string;
  host: string;
  former: Map<string, FormerMail>;
  /** What the server still lists of it. */
  taken: Map<string, TakenMail>;
}

/** A former mail may be away for so long, in seconds, and is still known when it comes back: servers have empty days. */
const formerMemory = 30 * 86_400;

export function formatCursor({ account, host, former, taken }: Pop3Cursor): string {
  return JSON.stringify({
    account,
    host,
    former: [...former].map(([uidl, { size, goneAt }]) => [uidl, size, goneAt]),
    taken: [...taken].map(([uidl, { at, whole }]) => [uidl, at, whole ? 1 : 0]),
  });
}

export function parseCursor(text: string): Pop3Cursor {
  try {
    const stored = JSON.parse(text);
    if (typeof stored.account !== 'string' || typeof stored.host !== 'string') throw new Error('not a cursor');
    const former = (stored.former as [string, number, number][]).map(
      ([uidl, size, goneAt]) => [uidl, { size, goneAt }] as const,
    );
    const taken = (stored.taken as [string, number, number][]).map(
      ([uidl, at, whole]) => [uidl, { at, whole: whole === 1 }] as const,
    );
    return { account: stored.account, host: stored.host, former: new Map(former), taken: new Map(taken) };
  } catch (cause) {
    // Starting afresh instead would silently skip whatever arrived in between.
    throw new UnexpectedError('cursor-unreadable', 'The stored position of this POP3 mailbox cannot be read.', {
      cause,
    });
  }
}

/** The first contact: all that is there was there before. */
export function firstCursor(account: string, host: string, listing: readonly ListedMail[]): Pop3Cursor {
  const former = new Map(listing.map(({ uidl, size }) => [uidl, { size, goneAt: 0 }]));
  return { account, host, former, taken: new Map() };
}

/** Another account's maildrop, or that of another server which knows none of the names: what is there is not new. */
export function isAnother(cursor: Pop3Cursor, account: string, host: string, listing: readonly ListedMail[]): boolean {
  if (cursor.account !== account) return true;
  if (cursor.host === host || cursor.former.size + cursor.taken.size === 0) return false;
  return !listing.some(({ uidl }) => cursor.former.has(uidl) || cursor.taken.has(uidl));
}

/**
 * Brings the cursor to what the server lists now, and tells which mails are new, in the server's order. What was taken and has vanished is
 * forgotten, since a server may give its name to another mail (RFC 1939, 7); should the same mail come back, the ledger knows it.
 */
export function compare(
  cursor: Pop3Cursor,
  listing: readonly ListedMail[],
  now: number,
): { fresh: ListedMail[]; next: Pop3Cursor; changed: boolean } {
  const listed = new Map(listing.map((mail) => [mail.uidl, mail]));
  let changed = false;
  const former = new Map<string, FormerMail>();
  for (const [uidl, mail] of cursor.former) {
    const seen = listed.get(uidl);
    const isReused = seen !== undefined && mail.goneAt > 0 && seen.size !== mail.size;
    const goneAt = seen ? 0 : mail.goneAt || now;
    if (isReused || now - (goneAt || now) > formerMemory) {
      changed = true;
      continue;
    }
    if (goneAt !== mail.goneAt) changed = true;
    former.set(uidl, { ...mail, goneAt });
  }
  const taken = new Map([...cursor.taken].filter(([uidl]) => listed.has(uidl)));
  if (taken.size !== cursor.taken.size) changed = true;
  const fresh = listing.filter(({ uidl }) => !former.has(uidl) && !taken.has(uidl));
  return { fresh, next: { ...cursor, former, taken }, changed };
}
