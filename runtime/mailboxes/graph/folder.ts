import { OperationalError } from '../../../schemas/errors.ts';
import type { GraphClient } from '../../graph/client.ts';
import { GraphRefusal } from '../../graph/refusal.ts';
import type { MailboxProblem, RawMail, SourceContext } from '../source.ts';
import { createGraphAfterTaking, type PendingMail } from './after-taking.ts';
import { type FolderCursor, formatCursor, parseCursor } from './cursor.ts';
import { type DeltaPage, firstLink, type ListedMessage, readPage } from './delta-page.ts';
import { createMimeFetcher } from './fetch-mime.ts';

/** Stored in one commit. */
const batchBytes = 8 * 1_048_576;
/** Fetched at the same time; one place of the four that Graph grants stays free for sending. */
const parallel = 3;
/** Graph repeats what it told; the ledger knows it, but its content need not be fetched again. */
const rememberedIds = 2_000;
const keptPending = 1_000;
/** After Graph has lost its place: so much is listed again before the last whole round, for mail that arrived late. Milliseconds. */
const resyncOverlapMs = 86_400_000;
const dayMs = 86_400_000;

export interface GraphFolderReader {
  readonly path: string;
  /** Takes whatever is new in the folder of that id. `serverTime`, milliseconds, is where a first contact begins. */
  read(client: GraphClient, folderId: string, serverTime: number): Promise<void>;
  /** The id that was read last, also across a restart; a folder that was given another name keeps it. */
  knownId(): Promise<string | undefined>;
  hasTaken(messageId: string): boolean;
  /** What could not be done with taken mails. */
  readonly problem: MailboxProblem | undefined;
  progress(): { newestOnServer: string; newestTaken: string; lag: number } | undefined;
}

/** Reads one folder by the delta query, keeping its place across sessions. */
export function createGraphFolderReader(
  path: string,
  account: string,
  context: Pick<SourceContext, 'mailbox' | 'accept' | 'loadCursor' | 'log'>,
  onProgress: () => void,
): GraphFolderReader {
  const { mailbox, log } = context;
  const mimes = createMimeFetcher(mailbox.maxBytes);
  const taken = new Set<string>();
  let cursor: FolderCursor | undefined;
  let newestOnServer = 0;
  let newestTaken = 0;
  let lag = 0;
  const after = createGraphAfterTaking(path, mailbox.afterTaking ?? { action: 'mark-read' }, log);

  async function load(): Promise<FolderCursor | undefined> {
    if (cursor === undefined) {
      const stored = await context.loadCursor(path);
      cursor = stored === undefined ? undefined : parseCursor(stored, path);
    }
    return cursor?.account === account ? cursor : undefined;
  }

  async function store(next: FolderCursor, mails: readonly RawMail[] = []): Promise<void> {
    const pending = [...next.pending, ...mails.map(pendingOf)].slice(-keptPending);
    const stored = { ...next, pending };
    await context.accept(mails, { folder: path, value: formatCursor(stored) });
    cursor = stored;
  }

  /** The first contact: what is there was there before, but for the mails of the last days where those are wanted. */
  async function begin(client: GraphClient, folderId: string, serverTime: number): Promise<FolderCursor> {
    const fresh = { account, folderId, former: [], roundAt: serverTime, pending: [] };
    // Only at the very first contact: under another account the same mails would come a second time.
    const days = cursor === undefined ? (mailbox.takeDays ?? 0) : 0;
    if (days > 0) {
      const since = serverTime - days * dayMs;
      await store({ ...fresh, since, link: firstLink(client, folderId, since) });
      return current();
    }
    const former: string[] = [];
    let page: DeltaPage | undefined;
    do {
      page = await readPage(client, page?.link ?? firstLink(client, folderId, serverTime));
      former.push(...page.messages.map(({ id }) => id));
    } while (!page.isLast);
    await store({ ...fresh, since: serverTime, former, link: page.link });
    return current();
  }

  function current(): FolderCursor {
    if (cursor === undefined) throw new OperationalError('folder-not-open', `"${path}" has not been opened yet.`);
    return cursor;
  }

  /** The next page; where Graph has lost the place, the first page of a list that surely holds all that is new. */
  async function follow(client: GraphClient, place: FolderCursor): Promise<DeltaPage> {
    try {
      return await readPage(client, place.link);
    } catch (error) {
      const isLost =
        error instanceof GraphRefusal &&
        (error.status === 410 || /^(syncStateNotFound|resyncRequired)$/i.test(error.code));
      if (!isLost) throw error;
      log.warn({ folder: path, said: error.said }, 'Microsoft has lost its place in a folder; listing anew');
      return await readPage(
        client,
        firstLink(client, place.folderId, Math.max(place.since, place.roundAt - resyncOverlapMs)),
      );
    }
  }

  function isFresh({ id, receivedAt }: ListedMessage, { since, former }: FolderCursor): boolean {
    // Times come in whole seconds.
    return receivedAt >= Math.floor(since / 1_000) * 1_000 && !taken.has(id) && !former.includes(id);
  }

  /** Takes one page; its link is stored with the last of its mails. */
  async function takePage(client: GraphClient, place: FolderCursor, page: DeltaPage): Promise<void> {
    const fresh = page.messages.filter((message) => isFresh(message, place)).toSorted(byArrival);
    newestOnServer = Math.max(newestOnServer, ...page.messages.map(({ receivedAt }) => receivedAt));
    lag = fresh.length;
    if (lag > 0) onProgress();
    let batch: RawMail[] = [];
    const send = async (change: Partial<FolderCursor>) => {
      const full = batch;
      batch = [];
      await store({ ...place, pending: cursor?.pending ?? [], ...change }, full);
      for (const { serverKey, receivedAt } of full) {
        remember(serverKey);
        newestTaken = Math.max(newestTaken, receivedAt);
      }
      lag = Math.max(0, lag - full.length);
      onProgress();
    };
    for (let start = 0; start < fresh.length; start += parallel) {
      const window = fresh.slice(start, start + parallel);
      const fetched = await Promise.allSettled(window.map((message) => mimes.fetch(client, message, path)));
      for (const result of fetched) {
        if (result.status === 'rejected') {
          // What came before it is safe.
          if (batch.length > 0) await send({});
          throw result.reason;
        }
        if (result.value) batch.push(result.value);
      }
      if (batch.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) >= batchBytes) await send({});
    }
    const roundAt = Math.min(Math.max(place.roundAt, newestOnServer), Date.now());
    await send({ link: page.link, ...(page.isLast && { roundAt }) });
    lag = 0;
  }

  function remember(id: string): void {
    taken.add(id);
    const [oldest] = taken;
    if (taken.size > rememberedIds && oldest !== undefined) taken.delete(oldest);
  }

  /** Does on the server what is to be done with stored mails. */
  async function finish(client: GraphClient): Promise<void> {
    const left = await after.perform(client, cursor?.pending ?? []);
    if (cursor) cursor = { ...cursor, pending: left };
  }

  return {
    path,
    knownId: async () => (await load())?.folderId,
    get problem() {
      return after.problem;
    },
    hasTaken: (id) => taken.has(id) || cursor?.former.includes(id) === true,
    async read(client, folderId, serverTime) {
      const known = await load();
      let place = known?.folderId === folderId ? known : await begin(client, folderId, serverTime);
      await finish(client);
      for (let isLast = false; !isLast; ) {
        const page = await follow(client, place);
        await takePage(client, place, page);
        await finish(client);
        place = current();
        ({ isLast } = page);
      }
    },
    progress() {
      if (cursor === undefined) return undefined;
      const newest = Math.max(newestTaken, newestOnServer, cursor.since);
      const safe = lag === 0 ? newest : Math.max(newestTaken, cursor.since);
      return { newestOnServer: toText(newest), newestTaken: toText(safe), lag };
    },
  };
}

function byArrival(a: ListedMessage, b: ListedMessage): number {
  return a.receivedAt - b.receivedAt;
}

function pendingOf({ serverKey, wholeSize, truncated }: RawMail): PendingMail {
  return { id: serverKey, ...((truncated || wholeSize !== undefined) && { isPart: true }) };
}

function toText(time: number): string {
  return new Date(time).toISOString();
}
