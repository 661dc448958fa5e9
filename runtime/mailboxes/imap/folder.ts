import { OperationalError } from '../../../schemas/errors.ts';
import { identityOf } from '../identity.ts';
import type { MailboxProblem, RawMail, SourceContext } from '../source.ts';
import { createAfterTaking } from './after-taking.ts';
import { listAbove, listLast, listSince, openFolder } from './commands.ts';
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
import { isNumberedAnew, judge } from './rescan.ts';
import { inWindows } from './sequence-set.ts';

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
  /** Whether the server's figures say that there is nothing to read. They prove nothing in a session in which the folder was not opened yet. */
  isCurrent(connection: ImapConnection, seen: { validity: string; next: number }): boolean;
  progress(): FolderProgress | undefined;
  /** As the server numbered the folder last; undefined before the first contact. */
  readonly validity: string | undefined;
  /** What could not be done with taken mails. */
  readonly problem: MailboxProblem | undefined;
}

/** Stored in one commit. Two batches can be in memory at once: one being stored, the next one arriving. */
const batchLimits = { mails: 200, bytes: 8 * 1_048_576 };
/** Fetched by one command, then marked as read by another. */
const windowSize = 1_000;
const dayMs = 86_400_000;
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
  /** In which the numbering was compared: a server that is restored from a backup ends all sessions. */
  let comparedIn: ImapConnection | undefined;
  const after = createAfterTaking(path, mailbox.afterTaking ?? { action: 'mark-read' }, log);

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
      // Taken before a crash, and perhaps not marked, moved or deleted: what is done twice does no harm.
      if (cursor?.due) after.restore(cursor.due);
      else if (cursor && !cursor.rescan && cursor.flagged < cursor.last) {
        after.addUnsure(`${cursor.flagged + 1}:${cursor.last}`);
      }
    }
    const { validity } = folder;
    if (cursor === undefined || cursor.account !== account) {
      const before = await listLast(connection, setUpMemory);
      const known = before.map(({ identity, arrivedAt }) => ({ identity, arrivedAt }));
      const since = folder.mails > known.length ? Math.min(...known.map(({ arrivedAt }) => arrivedAt)) : 0;
      const last = folder.next - 1;
      const epoch = (cursor?.epoch ?? -1) + 1;
      const newest = before.at(-1);
      const fresh = {
        account,
        validity,
        epoch,
        last,
        first: folder.next,
        flagged: last,
        known,
        since,
        ...(newest && { newest }),
      };
      // Only at the very first contact: under another account the same mails would come a second time.
      await store(cursor === undefined ? await withBackfill(connection, fresh) : fresh);
    } else if (cursor.validity !== validity || folder.next <= cursor.last || (await isRenumbered(connection, cursor))) {
      log.warn(
        { folder: path, from: cursor.validity, to: validity },
        'the server has numbered the mails of a folder anew; comparing',
      );
      const { rescan: _former, backfill: _over, due: _due, newest: _another, ...rest } = cursor;
      const epoch = cursor.validity === validity ? cursor.epoch + 1 : cursor.epoch;
      after.forget();
      const first = folder.next;
      await store({ ...rest, validity, epoch, last: 0, first, flagged: 0, rescan: { to: first - 1 } });
    }
    comparedIn = connection;
    newestUid = Math.max(folder.next - 1, cursor?.last ?? 0);
    return current();
  }

  async function isRenumbered(connection: ImapConnection, { newest }: FolderCursor): Promise<boolean> {
    return connection !== comparedIn && (await isNumberedAnew(connection, path, newest));
  }

  /** Steps back so far that the mails of the last days are taken, too, if that is wanted. */
  async function withBackfill(connection: ImapConnection, fresh: FolderCursor): Promise<FolderCursor> {
    const { takeDays = 0 } = mailbox;
    if (takeDays === 0 || fresh.last === 0) return fresh;
    const start = Date.now() - takeDays * dayMs;
    const from = new Date(start).toISOString().slice(0, 10);
    const uids = await listSince(connection, path, from, fresh.last);
    const last = uids.reduce((least, uid) => Math.min(least, uid), fresh.first) - 1;
    // What stood there before is told from what is new by the day alone.
    return { ...fresh, last, flagged: last, known: [], since: toSeconds(start), backfill: { from, to: fresh.last } };
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
  }

  async function storeBatch(batch: readonly TakenMail[], last: number): Promise<void> {
    const before = current();
    // Fingerprints cost time, and of a large batch only the latest are remembered; the walk of a rescan remembers all.
    const dropped = before.rescan ? [] : batch.slice(0, -remembered);
    const since = dropped.reduce((latest, { receivedAt }) => Math.max(latest, toSeconds(receivedAt) + 1), before.since);
    const latest = batch.slice(dropped.length);
    const known = latest.map((mail) => ({ identity: identityOf(mail.bytes), arrivedAt: toSeconds(mail.receivedAt) }));
    const mails = batch.map(({ uid, ...mail }) => ({ ...mail, folder: path, serverKey: serverKeyOf(before, uid) }));
    const due = after.dueWith(batch);
    const memory = { ...remember({ ...before, since }, known), ...newestOf(before, batch) };
    await store({ ...before, ...memory, last: Math.max(before.last, last), due }, mails);
    after.add(batch);
    lag = Math.max(0, lag - batch.length);
    onProgress();
  }

  /** Does on the server what is to be done with stored mails. A refusal is no reason to stop taking mail. */
  async function finish(connection: ImapConnection): Promise<void> {
    const isDone = await after.perform(connection, mayFlag);
    if (isDone && cursor && !cursor.rescan) cursor = { ...cursor, flagged: cursor.last, due: {} };
  }

  async function wantedOf(connection: ImapConnection, { backfill }: FolderCursor, uids: number[]): Promise<number[]> {
    if (!backfill) return uids;
    const wanted = new Set(await listSince(connection, path, backfill.from, backfill.to));
    return uids.filter((uid) => uid > backfill.to || wanted.has(uid));
  }

  async function read(connection: ImapConnection, reopen: boolean): Promise<void> {
    const place = reopen || cursor === undefined ? await open(connection) : current();
    const uids = await wantedOf(connection, place, await listAbove(connection, path, place.last));
    newestUid = Math.max(uids.at(-1) ?? 0, place.last);
    const verdict = await judge(connection, path, place, uids);
    if (place.rescan && verdict.after !== place.rescan.after) {
      await store({ ...place, rescan: { ...place.rescan, after: verdict.after } });
    }
    lag = verdict.fresh.length;
    onProgress();
    for (const window of inWindows(verdict.fresh, windowSize)) {
      await take(connection, window);
      await finish(connection);
    }
    const { rescan, backfill } = current();
    if (backfill) {
      const { backfill: _over, ...rest } = current();
      await store({ ...rest, last: Math.max(rest.last, backfill.to) });
    }
    if (rescan) await store(endRescan({ ...current(), last: Math.max(current().last, rescan.to) }));
    // What could not be done before is tried again.
    await finish(connection);
    lag = 0;
    onProgress();
  }

  return {
    path,
    read,
    get validity() {
      return cursor?.validity;
    },
    get problem() {
      return after.problem;
    },
    isCurrent: (connection, { validity, next }) =>
      connection === comparedIn &&
      cursor !== undefined &&
      !cursor.rescan &&
      cursor.validity === validity &&
      next === cursor.last + 1,
    progress() {
      if (cursor === undefined) return undefined;
      return { newestOnServer: serverKeyOf(cursor, newestUid), newestTaken: serverKeyOf(cursor, cursor.last), lag };
    },
  };
}

/** The mail with the highest UID among those taken before and now. One that could not be read says nothing of what it is. */
function newestOf({ newest }: FolderCursor, batch: readonly TakenMail[]): Pick<FolderCursor, 'newest'> {
  const highest = batch
    .filter(({ bytes }) => bytes.byteLength > 0)
    .reduce<TakenMail | undefined>((before, mail) => (before && before.uid > mail.uid ? before : mail), undefined);
  if (highest === undefined || (newest && newest.uid > highest.uid)) return newest ? { newest } : {};
  const { uid, bytes, receivedAt } = highest;
  return { newest: { uid, identity: identityOf(bytes), arrivedAt: toSeconds(receivedAt) } };
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
