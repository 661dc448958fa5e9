import { describe } from './commands.ts';
import type { ImapConnection } from './connection.ts';
import type { FolderCursor, KnownMail } from './cursor.ts';

/** Two times of the same arrival may differ by this much, in seconds: some servers round. */
const sameArrival = 2;

/**
 * Whether the server has given the UID of the newest taken mail to another one: restored from a backup, it numbers new mails like those that
 * it lost, under the same UIDVALIDITY, and UIDNEXT may be past all of them by the time it is reached again. Both fingerprint and arrival must
 * differ: a server that shows a header in another way must not have its folder compared at every login.
 */
export async function isNumberedAnew(
  connection: ImapConnection,
  path: string,
  newest: FolderCursor['newest'],
): Promise<boolean> {
  if (newest === undefined) return false;
  const [mail] = await describe(connection, path, [newest.uid]);
  if (mail === undefined || mail.identity === newest.identity) return false;
  return Math.abs(mail.arrivedAt - newest.arrivedAt) > sameArrival;
}

export interface Judgement {
  /** UIDs of mails that were never taken, ascending. */
  fresh: number[];
  /** Set when the server has not kept arrival times: see Rescan. */
  after?: number;
}

/**
 * Tells new mails from taken ones by what they are, after their UIDs have lost their meaning (UIDVALIDITY changed, or a server restored
 * from a backup counts from an earlier UID).
 *
 * The promise: as long as the server kept arrival times, a mail is taken once, neither lost nor doubled, if it arrived in a later second than
 * every mail before the 100 taken last; an older one counts as taken. Not promised: a burst of more than 100 mails within the one second
 * in which the numbering changes, and the one copy of a mail that claims to have arrived later than all others. If the server did not keep them, and one of those 100 is still
 * in the folder, what stands behind the last of them is new. Equal copies count: each taken mail accounts for one copy only.
 */
export async function judge(
  connection: ImapConnection,
  path: string,
  cursor: FolderCursor,
  uids: readonly number[],
): Promise<Judgement> {
  const { rescan, since } = cursor;
  if (rescan === undefined) return { fresh: [...uids] };
  const { after, to } = rescan;
  if (after !== undefined) return { fresh: uids.filter((uid) => uid > after), after };

  const waiting = new Map<string, KnownMail[]>();
  for (const mail of cursor.known) {
    if (!mail.matched) waiting.set(mail.identity, [...(waiting.get(mail.identity) ?? []), mail]);
  }
  const unknown = new Set<number>();
  let lastTaken = 0;
  let arrivalsKept = true;
  for (const mail of await describe(
    connection,
    path,
    uids.filter((uid) => uid <= to),
  )) {
    if (mail.arrivedAt < since) continue;
    const match = waiting.get(mail.identity)?.shift();
    if (match === undefined) {
      unknown.add(mail.uid);
      continue;
    }
    lastTaken = mail.uid;
    if (Math.abs(match.arrivedAt - mail.arrivedAt) > sameArrival) arrivalsKept = false;
  }
  if (!arrivalsKept) return { fresh: uids.filter((uid) => uid > lastTaken), after: lastTaken };
  return { fresh: uids.filter((uid) => uid > to || unknown.has(uid)) };
}
