import { UnexpectedError } from '../../../schemas/errors.ts';

/** Where a folder continues. Stored with the mails before it. */
export interface EwsCursor {
  /** Another mailbox's folder is another folder. */
  account: string;
  folderId: string;
  /** Exchange's own note of what it has told us; empty: it will tell of every mail that there is. */
  syncState: string;
  /** Milliseconds since the epoch: what came before is not ours to take, where Exchange tells of everything anew. */
  since: number;
  /** True while it does. */
  isBounded: boolean;
  /** The newest arrival when all that Exchange had was taken, milliseconds by Exchange's clock, since ours may be wrong; 0 before the first time. */
  syncedAt: number;
  /** Ids of taken mails with which something is still to be done on the server. */
  due: string[];
}

export function parseCursor(stored: string, folder: string): EwsCursor {
  try {
    const value = JSON.parse(stored);
    const isRight =
      [value.account, value.folderId, value.syncState].every((each) => typeof each === 'string') &&
      [value.since, value.syncedAt].every(Number.isFinite) &&
      Array.isArray(value.due);
    if (!isRight) throw new Error('not a cursor');
    return value;
  } catch (cause) {
    // Starting afresh instead would silently skip whatever arrived in between.
    throw new UnexpectedError('cursor-unreadable', `The stored position of folder "${folder}" cannot be read.`, {
      cause,
    });
  }
}
