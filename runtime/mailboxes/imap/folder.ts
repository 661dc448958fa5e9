import { OperationalError } from '../../../schemas/errors.ts';
import type { RawMail, SourceContext } from '../source.ts';
import { type BatchLimits, type ListedMail, planBatches, toSequenceSet } from './batches.ts';
import { listAbove, listLast, markSeen, openFolder, readMails } from './commands.ts';
import type { ImapConnection } from './connection.ts';
import {
  endRescan,
  type FolderCursor,
  formatCursor,
  type KnownMail,
  parseCursor,
  remember,
  serverKeyOf,
} from './cursor.ts';
import { isRefusal } from './failure.ts';
import { headOf, identityOf } from './identity.ts';
import { judge } from './rescan.ts';

/** Where one folder stands. Keys are server keys. */
export interface FolderProgress {
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

/** Two batches can be in memory at once: one being stored, the next one arriving. */
const limits: BatchLimits = { mails: 200, bytes: 8 * 1_048_576 };
/** Marking as read costs the server more than reading: it is done by the thousand while there is much to read. */
const flagEvery = 1_000;
const headBytes = 262_144;
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
  let unflagged: { set: string; mails: number }[] = [];
  const consumed = new Set<KnownMail>();

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
        unflagged.push({ set: `${cursor.flagged + 1}:${cursor.last}`, mails: 1 });
      }
    }
    const { validity } = folder;
    if (cursor === undefined || cursor.account !== account) {
      const before = await listLast(connection, setUpMemory);
      const known = before.map(({ identity, arrivedAt }) => ({ identity, arrivedAt: Math.floor(arrivedAt / 1_000) }));
      const since = folder.mails > known.length ? Math.min(...known.map(({ arrivedAt }) => arrivedAt)) : 0;
      const last = folder.next - 1;
      await store({ account, validity, epoch: (cursor?.epoch ?? -1) + 1, last, flagged: last, known, since });
    } else if (cursor.validity !== validity || folder.next <= cursor.last) {
      log.warn(
        { folder: path, from: cursor.validity, to: validity },
        'the server has numbered the mails of a folder anew; comparing',
      );
      const { rescan: _former, ...rest } = cursor;
      const epoch = cursor.validity === validity ? cursor.epoch + 1 : cursor.epoch;
      unflagged = [];
      consumed.clear();
      await store({ ...rest, validity, epoch, last: 0, flagged: 0, rescan: { to: folder.next - 1 } });
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
  async function take(connection: ImapConnection, fresh: readonly ListedMail[]): Promise<void> {
    let storing = Promise.resolve();
    try {
      for (const batch of planBatches(fresh, limits)) {
        const mails = await fetchBatch(connection, batch);
        await storing;
        storing = storeBatch(batch, mails);
        // Awaited in the next round; until then a rejection must not count as unhandled.
        storing.catch(() => {});
        if (countUnflagged() >= flagEvery) await flag(connection);
      }
    } finally {
      await storing;
    }
  }

  async function storeBatch(batch: readonly ListedMail[], mails: readonly RawMail[]): Promise<void> {
    const before = current();
    const arrivals = new Map(batch.map((mail) => [serverKeyOf(before, mail.uid), Math.floor(mail.arrivedAt / 1_000)]));
    const known = mails.map((mail) => ({
      identity: identityOf(mail.bytes),
      arrivedAt: arrivals.get(mail.serverKey) ?? 0,
    }));
    const last = batch.at(-1)?.uid ?? before.last;
    await store({ ...before, ...remember(before, known), last }, mails);
    unflagged.push({ set: toSequenceSet(batch.map(({ uid }) => uid)), mails: batch.length });
    lag = Math.max(0, lag - batch.length);
    onProgress();
  }

  async function fetchBatch(connection: ImapConnection, batch: readonly ListedMail[]): Promise<RawMail[]> {
    const whole = batch.filter(({ size }) => size <= mailbox.maxBytes);
    const bytes =
      whole.length > 0
        ? await fetchBytes(
            connection,
            whole.map(({ uid }) => uid),
          )
        : new Map<number, Buffer>();
    const mails: RawMail[] = [];
    for (const { uid, arrivedAt } of batch) {
      const complete = bytes.get(uid);
      const mail = { folder: path, serverKey: serverKeyOf(current(), uid), receivedAt: arrivedAt };
      if (complete !== undefined && complete.byteLength <= mailbox.maxBytes) {
        mails.push({ ...mail, bytes: complete });
        continue;
      }
      const head = await fetchHead(connection, uid);
      // Without a head it was deleted by somebody since it was listed.
      if (head !== undefined) mails.push({ ...mail, bytes: head, truncated: true });
    }
    return mails;
  }

  async function fetchHead(connection: ImapConnection, uid: number): Promise<Uint8Array | undefined> {
    try {
      const start = (await readMails(connection, path, [uid], headBytes)).get(uid);
      return start && headOf(start);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // It is there and cannot be read: quarantined empty, it is at least seen by somebody, and does not stop what comes after it.
      return new Uint8Array();
    }
  }

  /** One byte more than the limit is asked for: it tells that a mail is longer than it was announced. */
  async function fetchBytes(connection: ImapConnection, uids: readonly number[]): Promise<Map<number, Buffer>> {
    try {
      return await readMails(connection, path, uids, mailbox.maxBytes + 1);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (uids.length === 1) {
        log.warn(
          { folder: path, uid: uids[0], reason: String(error) },
          'the server refuses to hand over a mail; taking its head',
        );
        return new Map();
      }
    }
    // One mail that the server cannot read must not keep back its neighbours.
    const bytes = new Map<number, Buffer>();
    for (const uid of uids) for (const [key, value] of await fetchBytes(connection, [uid])) bytes.set(key, value);
    return bytes;
  }

  function countUnflagged(): number {
    return unflagged.reduce((sum, { mails }) => sum + mails, 0);
  }

  /** Marks what is stored as read. A refusal is no reason to stop taking mail: it is tried again at the next look. */
  async function flag(connection: ImapConnection): Promise<void> {
    while (mayFlag && unflagged.length > 0) {
      const parts = unflagged.slice(0, 20);
      const done = await markSeen(connection, path, parts.map(({ set }) => set).join(','));
      if (!done) {
        warnOfFlags();
        unflagged = unflagged.slice(-flagEvery);
        return;
      }
      unflagged = unflagged.slice(parts.length);
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
    let place = reopen || cursor === undefined ? await open(connection) : current();
    for (let more = true; more; ) {
      const round = await listAbove(connection, path, place.last);
      more = round.more;
      newestUid = Math.max(round.mails.at(-1)?.uid ?? 0, place.last);
      const verdict = await judge(connection, path, place, round.mails, consumed);
      if (place.rescan && verdict.after !== undefined && place.rescan.after === undefined) {
        await store({ ...place, rescan: { ...place.rescan, after: verdict.after } });
      }
      lag = verdict.fresh.length;
      onProgress();
      await take(connection, verdict.fresh);
      place = await settleRound(round.mails.at(-1)?.uid, more);
    }
    await flag(connection);
    lag = 0;
    onProgress();
  }

  /** Passes the mails that were judged as taken, and ends a rescan at its end. */
  async function settleRound(lastListed: number | undefined, more: boolean): Promise<FolderCursor> {
    const before = current();
    if (!before.rescan) return before;
    const walked = { ...before, last: Math.max(before.last, lastListed ?? 0, more ? 0 : before.rescan.to) };
    await store(walked.last >= before.rescan.to ? endRescan(walked) : walked);
    return current();
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
