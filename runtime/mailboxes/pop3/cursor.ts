import { UnexpectedError } from '../../../schemas/errors.ts';
import type { MailFacts } from './dates.ts';
import type { ListedMail } from './listing.ts';

/** A mail that stood there before the mailbox was set up: it is not ours to take. */
interface FormerMail {
  size: number;
  /** Seconds since the epoch: since when the server does not list it any more; 0 while it does. */
  goneAt: number;
}

export interface TakenMail {
  /** Seconds since the epoch. */
  at: number;
  /** False where only the head, or nothing, could be had: such a mail is never deleted on the server. */
  whole: boolean;
  /** Fingerprint of its header and size as listed, by which it is known again under another name; empty and 0 in cursors of earlier versions. */
  identity: string;
  size: number;
}

/** Which mails of a maildrop are known. Stored with the mails; by UIDL. */
export interface Pop3Cursor {
  account: string;
  host: string;
  /** Seconds since the epoch: what came before is not ours to take; 0 in cursors of earlier versions. */
  setUpAt: number;
  former: Map<string, FormerMail>;
  /** What the server still lists of it. */
  taken: Map<string, TakenMail>;
}

/** A former mail may be away for so long, in seconds, and is still known when it comes back: servers have empty days. */
const formerMemory = 30 * 86_400;

export function formatCursor({ account, host, setUpAt, former, taken }: Pop3Cursor): string {
  return JSON.stringify({
    account,
    host,
    setUpAt,
    former: [...former].map(([uidl, { size, goneAt }]) => [uidl, size, goneAt]),
    taken: [...taken].map(([uidl, { at, whole, identity, size }]) => [uidl, at, whole ? 1 : 0, identity, size]),
  });
}

export function parseCursor(text: string): Pop3Cursor {
  try {
    const stored = JSON.parse(text);
    if (typeof stored.account !== 'string' || typeof stored.host !== 'string') throw new Error('not a cursor');
    const former = (stored.former as [string, number, number][]).map(
      ([uidl, size, goneAt]) => [uidl, { size, goneAt }] as const,
    );
    const taken = (stored.taken as [string, number, number, string?, number?][]).map(
      ([uidl, at, whole, identity = '', size = 0]) => [uidl, { at, whole: whole === 1, identity, size }] as const,
    );
    const { account, host, setUpAt = 0 } = stored;
    return { account, host, setUpAt, former: new Map(former), taken: new Map(taken) };
  } catch (cause) {
    // Starting afresh instead would silently skip whatever arrived in between.
    throw new UnexpectedError('cursor-unreadable', 'The stored position of this POP3 mailbox cannot be read.', {
      cause,
    });
  }
}

/** The first contact: these were there before. */
export function firstCursor(
  { username: account, host }: { username: string; host: string },
  before: readonly ListedMail[],
  setUpAt: number,
): Pop3Cursor {
  const former = new Map(before.map(({ uidl, size }) => [uidl, { size, goneAt: 0 }]));
  return { account, host, setUpAt, former, taken: new Map() };
}

/** Whether the server knows none of its names any more, and has others: it may have named all of its mails anew. */
export function isRenamed({ former, taken }: Pop3Cursor, listing: readonly ListedMail[]): boolean {
  if (listing.length === 0) return false;
  const present = [...former.values()].filter(({ goneAt }) => goneAt === 0).length + taken.size;
  return present > 0 && !listing.some(({ uidl }) => former.has(uidl) || taken.has(uidl));
}

/**
 * Finds known mails under their new names: taken ones by header and size, former ones by the time at which they came. What is neither is
 * new, and so is a mail that tells no time: a second copy is better than none.
 */
export function renameKnown(
  cursor: Pop3Cursor,
  listing: readonly ListedMail[],
  facts: ReadonlyMap<string, MailFacts>,
): Pop3Cursor {
  const waiting = [...cursor.taken.values()];
  const taken = new Map<string, TakenMail>();
  const former = new Map<string, FormerMail>();
  for (const { uidl, size } of listing) {
    const { identity, arrivedAt } = facts.get(uidl) ?? { identity: '', arrivedAt: 0 };
    const match = waiting.findIndex((mail) => mail.identity !== '' && mail.identity === identity && mail.size === size);
    const [known] = match < 0 ? [] : waiting.splice(match, 1);
    if (known) taken.set(uidl, known);
    else if (arrivedAt > 0 && arrivedAt < cursor.setUpAt) former.set(uidl, { size, goneAt: 0 });
  }
  return { ...cursor, taken, former };
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
