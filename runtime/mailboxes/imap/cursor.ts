import { UnexpectedError } from '../../../schemas/errors.ts';

/** A mail that was taken, or that was there before the mailbox was set up: fingerprint, and the server's arrival time in seconds. */
export interface KnownMail {
  identity: string;
  arrivedAt: number;
  /** Found again during the rescan under way: each entry answers for one mail only. */
  matched?: boolean;
}

/** A walk over a folder whose UIDs have become meaningless. It survives a restart in the middle. */
interface Rescan {
  /** Ends here; mails above are new in any case. */
  to: number;
  /** Where the server did not keep arrival times: mails up to this UID are older than what was taken last. */
  after?: number;
}

/** What is still to be done on the server, as sets of UIDs: part of the cursor, so that a crash does not forget it. */
export interface DueSets {
  /** To be marked as read. */
  seen?: string;
  /** To be moved or deleted after that. */
  leaving?: string;
}

/** Where a folder continues. Stored with the mails before it. */
export interface FolderCursor {
  /** Another account's folder is another folder. */
  account: string;
  validity: string;
  /** Raised when a server uses a UID twice under one UIDVALIDITY: keeps server keys unique. */
  epoch: number;
  /** Every mail up to this UID is taken, or is known not to be ours to take. */
  last: number;
  /** Mails from this UID on came after the set-up, or after the server last numbered its mails anew: up to `last`, each has a ledger row. */
  first: number;
  /** Up to here, all that is to be done on the server with taken mails is done, or stands in `due`. */
  flagged: number;
  /** Left out by earlier versions: then every mail between `flagged` and `last` may still be unread. */
  due?: DueSets;
  /** At the first contact, mails that came on this day (yyyy-mm-dd) or later were wanted, too, up to this UID. */
  backfill?: { from: string; to: number };
  /** The taken mail with the highest UID: another one under that UID tells that the server has numbered anew. Cursors of earlier versions lack it. */
  newest?: KnownMail & { uid: number };
  /** The latest mails, oldest first. */
  known: KnownMail[];
  /** Every mail that arrived at this second or later, and that is not in `known`, is new. */
  since: number;
  rescan?: Rescan;
}

/** How many mails a cursor remembers. Only mail that was put into the folder with an older arrival time could need more. */
export const remembered = 100;

export function formatCursor(cursor: FolderCursor): string {
  const { known, ...rest } = cursor;
  return JSON.stringify({
    ...rest,
    known: known.map(({ identity, arrivedAt, matched }) => [identity, arrivedAt, matched ? 1 : 0]),
  });
}

export function parseCursor(text: string, folder: string): FolderCursor {
  try {
    const stored = JSON.parse(text);
    const numbers = [stored.epoch, stored.last, stored.flagged, stored.since];
    const texts = [stored.account, stored.validity];
    if (!numbers.every(Number.isSafeInteger) || !texts.every((value) => typeof value === 'string'))
      throw new Error(text);
    const known = (stored.known as [string, number, number][]).map(([identity, arrivedAt, matched]) => ({
      identity,
      arrivedAt,
      ...(matched ? { matched: true } : {}),
    }));
    // Cursors of earlier versions did not say: then it is known from here on.
    return { first: stored.last + 1, ...stored, known };
  } catch (cause) {
    // Starting afresh instead would silently skip whatever arrived in between.
    throw new UnexpectedError('cursor-unreadable', `The stored position of folder "${folder}" cannot be read.`, {
      cause,
    });
  }
}

/** The server's key of a mail: unique in the folder for ever. */
export function serverKeyOf(cursor: FolderCursor, uid: number): string {
  return cursor.epoch === 0 ? `${cursor.validity}:${uid}` : `${cursor.validity}.${cursor.epoch}:${uid}`;
}

/** Adds mails in the order of arrival, and forgets the oldest beyond the limit. */
export function remember(cursor: FolderCursor, mails: readonly KnownMail[]): Pick<FolderCursor, 'known' | 'since'> {
  const known = [...cursor.known, ...(cursor.rescan ? mails.map((mail) => ({ ...mail, matched: true })) : mails)];
  // While a folder is walked again the memory must not move: it decides which mails are new.
  if (cursor.rescan) return { known, since: cursor.since };
  const forgotten = known.splice(0, Math.max(0, known.length - remembered));
  const afterForgotten = forgotten.reduce((latest, mail) => Math.max(latest, mail.arrivedAt + 1), cursor.since);
  // A mail may claim any arrival time (APPEND lets its writer choose), also one in the future: it must not make whatever arrives until
  // then count as taken. So the line is never drawn behind the newest mail that is remembered, at the price of a second copy of that one.
  // Within one second nothing can be told apart: what arrived in the same second as a forgotten mail counts as taken.
  const newest = known.reduce((latest, mail) => Math.max(latest, mail.arrivedAt), 0);
  return { known, since: Math.min(afterForgotten, newest + 1) };
}

/** The walk is over: every mail of the folder has been judged. */
export function endRescan(cursor: FolderCursor): FolderCursor {
  const { rescan: _over, ...rest } = cursor;
  const known = cursor.known.map(({ identity, arrivedAt }) => ({ identity, arrivedAt }));
  const settled = { ...rest, known: [], flagged: cursor.last };
  return { ...settled, ...remember(settled, known) };
}
