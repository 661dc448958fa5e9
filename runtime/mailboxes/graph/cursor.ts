import { UnexpectedError } from '../../../schemas/errors.ts';
import type { PendingMail } from './after-taking.ts';

/** Where a folder continues. Stored with the mails before it. */
export interface FolderCursor {
  /** Another account's folder is another folder. */
  account: string;
  folderId: string;
  /** Only mail that arrived from this time on is taken. Milliseconds. */
  since: number;
  /** Arrived in the very second of `since`, and before: not ours to take. */
  former: string[];
  /** Graph's link to what comes next, whole. */
  link: string;
  /**
   * The newest arrival that is known from rounds that were read to their end, milliseconds by Graph's clock: ours may be wrong, and must not draw the
   * line behind mail that is still to come.
   */
  roundAt: number;
  /** Taken, and perhaps not marked, moved or deleted on the server: doing it twice does no harm. */
  pending: PendingMail[];
}

export function formatCursor(cursor: FolderCursor): string {
  return JSON.stringify(cursor);
}

export function parseCursor(text: string, path: string): FolderCursor {
  try {
    const stored = JSON.parse(text);
    const texts = [stored.account, stored.folderId, stored.link];
    const lists = [stored.former, stored.pending];
    if (!texts.every((value) => typeof value === 'string') || !lists.every(Array.isArray)) throw new Error('no cursor');
    return stored;
  } catch (cause) {
    // Starting afresh instead would silently skip whatever arrived in between.
    const message = `The stored position of the folder "${path}" cannot be read.`;
    throw new UnexpectedError('cursor-unreadable', message, { cause });
  }
}
