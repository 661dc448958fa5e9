import type { ListedMail } from './batches.ts';
import { readIdentities } from './commands.ts';
import type { ImapConnection } from './connection.ts';
import type { FolderCursor, KnownMail } from './cursor.ts';

/** Two times of the same arrival may differ by this much, in seconds: some servers round. */
const sameArrival = 2;

export interface Judgement {
  /** Mails that were never taken. */
  fresh: ListedMail[];
  /** Set when the server has not kept arrival times: see Rescan. */
  after?: number;
}

/**
 * Tells new mails from taken ones by what they are, after their UIDs have lost their meaning (UIDVALIDITY changed, or a server restored
 * from a backup counts from an earlier UID).
 *
 * The promise: as long as the server kept arrival times, a mail is taken once, neither lost nor doubled, if it arrived no earlier than the
 * oldest of the 100 mails taken last; an older one counts as taken. If the server did not keep them, and one of those 100 is still
 * in the folder, what stands behind the last of them is new. Equal copies count: each taken mail accounts for one copy only.
 */
export async function judge(
  connection: ImapConnection,
  path: string,
  cursor: FolderCursor,
  listed: readonly ListedMail[],
  consumed: Set<KnownMail>,
): Promise<Judgement> {
  const { rescan, since } = cursor;
  if (rescan === undefined) return { fresh: [...listed] };
  const { after } = rescan;
  if (after !== undefined) return { fresh: listed.filter(({ uid }) => uid > after), after };

  const recent = listed.filter(({ uid, arrivedAt }) => uid <= rescan.to && Math.floor(arrivedAt / 1_000) >= since);
  const identities = await readIdentities(
    connection,
    path,
    recent.map(({ uid }) => uid),
  );
  const waiting = new Map<string, KnownMail[]>();
  for (const mail of cursor.known) {
    if (mail.matched || consumed.has(mail)) continue;
    waiting.set(mail.identity, [...(waiting.get(mail.identity) ?? []), mail]);
  }
  const taken = new Set<number>();
  let arrivalsKept = true;
  for (const mail of recent) {
    const match = waiting.get(identities.get(mail.uid) ?? '')?.shift();
    if (match === undefined) continue;
    consumed.add(match);
    taken.add(mail.uid);
    if (Math.abs(match.arrivedAt - Math.floor(mail.arrivedAt / 1_000)) > sameArrival) arrivalsKept = false;
  }
  if (!arrivalsKept) {
    const lastTaken = Math.max(...taken);
    return { fresh: listed.filter(({ uid }) => uid > lastTaken), after: lastTaken };
  }
  const candidates = new Set(recent.map(({ uid }) => uid));
  return { fresh: listed.filter(({ uid }) => uid > rescan.to || (candidates.has(uid) && !taken.has(uid))) };
}
