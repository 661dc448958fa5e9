import { OperationalError } from '../../../schemas/errors.ts';
import { identityOf } from '../identity.ts';
import type { RawMail, SourceContext } from '../source.ts';
import { listAbove, listLast, markSeen, openFolder } from './commands.ts';
import type { ImapConnection } from './connection.ts';
import {
  endRescan,
  type FolderCursor,
  formatCursor,
  parseCursor,
  remember,
  remembered,
  serverKeyOf,
} from './cursor.ts';
import { fetchWindow, type TakenMail } from './fetch-window.ts';
import { judge } from './rescan.ts';
import { inWindows, toSequenceSet } from './sequence-set.ts';

/** Where one folder stands. Keys are server keys. */
interface FolderProgress {
  newestOnServer: string;
  newestTaken: string;
  lag: number;
}

export interface FolderReader {
  readonly path: string;
  /** Takes whatever is new. `reopen` asks the server afresh what the folder is, which finds a changed UIDVALIDITY. */
  read(connection: ImapConnection, reopen: boolean): Promise<void>;
  /** Whether the server's figures say that there is nothing to read. */
  isCurrent(seen: { validity: string; next: number }): boolean;
  progress(): FolderProgress | undefined;
}

/** Stored in one commit. Two batches can be in memory at once: one being stored, the next one arriving. */
const batchLimits = { mails: 200, bytes: 8 * 1_048_576 };
/** Fetched by one command, then marked as read by another. */
const windowSize = 1_000;
/** Sets of mails that the server would not mark, to be tried again. */
const keptUnflagged = 1_000;
/** How many mails that stood in the folder before it was set up are remembered. */
const setUpMemory = 100;

/** Reads one folder of a mailbox, keeping its place across connections. */
export function createFolderReader(
  path: string,
  context: Pick<SourceContext, 'mailbox' | 'accept' | 'loadCursor' | 'log'>,
  onProgress: () => void,
): FolderReader {
  const { mailbox, log } = context;
  const account = mailbox.imap?.username ?? '';
  let cursor: FolderCursor | undefined;
  let newestUid = 0;
  let lag = 0;
  let mayFlag = true;
  let warned = false;
  let unflagged: string[] = [];

  async function store(next: FolderCursor, mails: readonly RawMail[] = []): Promise<void> {
    await context.accept(mails, { folder: path, value: formatCursor(next) });
    cursor = next;
  }

  /** Opens the folder and finds the place to continue: the stored one, a fresh one at first contact, or the start of a rescan. */
  async function open(connection: ImapConnection): Promise<FolderCursor> {
    const folder = await openFolder(connection, path);
    mayFlag = folder.mayFlag;
    if (cursor === undefined) {
      const stored = await context.loadCursor(path);
      cursor = stored === undefined ? undefined : parseCursor(stored, path);
      if (cursor && !cursor.rescan && cursor.flagged < cursor.last) {
        // Taken before a crash, and perhaps not marked as read: marking twice does no harm.
        unflagged.push(`${cursor.flagged + 1}:${cursor.last}`);
      }
    }
    const { validity } = folder;
    if (cursor === undefined || cursor.account !== account) {
      const before = await listLast(connection, setUpMemory);
      const known = before.map(({ identity, arrivedAt }) => ({ identity, arrivedAt }));
      const since = folder.mails > known.length ? Math.min(...known.map(({ arrivedAt }) => arrivedAt)) : 0;
      const last = folder.next - 1;
      const epoch = (cursor?.epoch ?? -1) + 1;
      await store({ account, validity, epoch, last, first: folder.next, flagged: last, known, since });
    } else if (cursor.validity !== validity || folder.next <= cursor.last) {
      log.warn(
        { folder: path, from: cursor.validity, to: validity },
        'the server has numbered the mails of a folder anew; comparing',
      );
      const { rescan: _former, ...rest } = cursor;
      const epoch = cursor.validity === validity ? cursor.epoch + 1 : cursor.epoch;
      unflagged = [];
      const first = folder.next;
      await store({ ...rest, validity, epoch, last: 0, first, flagged: 0, rescan: { to: first - 1 } });
    }
    newestUid = Math.max(folder.next - 1, cursor?.last ?? 0);
    return current();
  }

  function current(): FolderCursor {
    if (cursor === undefined)
      throw new OperationalError('folder-not-open', `The folder "${path}" has not been opened yet.`);
    return cursor;
  }

  /** Fetches while the batch before is being stored, and never more than one ahead. */
  async function take(connection: ImapConnection, uids: readonly number[]): Promise<void> {
    const arrived = new Set<number>();
    let batch: TakenMail[] = [];
    let bytes = 0;
    let storing = Promise.resolve();
    const send = async (last: number) => {
      const full = batch;
      batch = [];
      bytes = 0;
      await storing;
      storing = storeBatch(full, last);
      // Awaited with the next batch; until then a rejection must not count as unhandled.
      storing.catch(() => {});
    };
    // Everything before the first mail that has not come yet is safe to pass, in whatever order the server sends.
    let waitedFor = 0;
    const passed = () => {
      while (arrived.has(uids[waitedFor] ?? 0)) waitedFor += 1;
      return (uids[waitedFor] ?? Number.POSITIVE_INFINITY) - 1;
    };
    try {
      await fetchWindow(connection, path, uids, mailbox.maxBytes, (mail) => {
        arrived.add(mail.uid);
        batch.push(mail);
        bytes += mail.bytes.byteLength;
        if (batch.length >= batchLimits.mails || bytes >= batchLimits.bytes)
          return send(Math.min(passed(), uids.at(-1) ?? 0));
      });
      await send(uids.at(-1) ?? 0);
    } finally {
      await storing;
    }
    unflagged.push(toSequenceSet(uids));
  }

  async function storeBatch(batch: readonly TakenMail[], last: number): Promise<void> {
    const before = current();
    // Fingerprints cost time, and of a large batch only the latest are remembered; the walk of a rescan remembers all.
    const dropped = before.rescan ? [] : batch.slice(0, -remembered);
    const since = dropped.reduce((latest, { receivedAt }) => Math.max(latest, toSeconds(receivedAt) + 1), before.since);
    const latest = batch.slice(dropped.length);
    const known = latest.map((mail) => ({ identity: identityOf(mail.bytes), arrivedAt: toSeconds(mail.receivedAt) }));
    const mails = batch.map(({ uid, ...mail }) => ({ ...mail, folder: path, serverKey: serverKeyOf(before, uid) }));
    await store({ ...before, ...remember({ ...before, since }, known), last: Math.max(before.last, last) }, mails);
    lag = Math.max(0, lag - batch.length);
    onProgress();
  }

  /** Marks what is stored as read. A refusal is no reason to stop taking mail: it is tried again at the next look. */
  async function flag(connection: ImapConnection): Promise<void> {
    while (mayFlag && unflagged.length > 0) {
      const done = await markSeen(connection, path, unflagged[0] ?? '');
      if (!done) {
        warnOfFlags();
        unflagged = unflagged.slice(-keptUnflagged);
        return;
      }
      unflagged.shift();
    }
    if (!mayFlag) {
      warnOfFlags();
      unflagged = [];
    } else if (cursor && !cursor.rescan && unflagged.length === 0) {
      cursor = { ...cursor, flagged: cursor.last };
    }
  }

  function warnOfFlags(): void {
    if (!warned)
      log.warn({ folder: path }, 'the server does not let mails be marked as read; check the rights of the account');
    warned = true;
  }

  async function read(connection: ImapConnection, reopen: boolean): Promise<void> {
    const place = reopen || cursor === undefined ? await open(connection) : current();
    const uids = await listAbove(connection, path, place.last);
    newestUid = Math.max(uids.at(-1) ?? 0, place.last);
    const verdict = await judge(connection, path, place, uids);
    if (place.rescan && verdict.after !== place.rescan.after) {
      await store({ ...place, rescan: { ...place.rescan, after: verdict.after } });
    }
    lag = verdict.fresh.length;
    onProgress();
    for (const window of inWindows(verdict.fresh, windowSize)) {
      await take(connection, window);
      await flag(connection);
    }
    const { rescan } = current();
    if (rescan) await store(endRescan({ ...current(), last: Math.max(current().last, rescan.to) }));
    // What could not be marked before is tried again.
    await flag(connection);
    lag = 0;
    onProgress();
  }

  return {
    path,
    read,
    isCurrent: ({ validity, next }) =>
      cursor !== undefined && !cursor.rescan && cursor.validity === validity && next === cursor.last + 1,
    progress() {
      if (cursor === undefined) return undefined;
      return { newestOnServer: serverKeyOf(cursor, newestUid), newestTaken: serverKeyOf(cursor, cursor.last), lag };
    },
  };
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
