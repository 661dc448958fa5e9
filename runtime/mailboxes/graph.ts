import { UserError } from '../../schemas/errors.ts';
import type { GraphClient, GraphPatience } from '../graph/client.ts';
import { explainGraph } from '../graph/explain-refusal.ts';
import type { GraphNotification } from '../graph/notifications.ts';
import { createGraphFolderReader } from './graph/folder.ts';
import { folderMissing, inboxPath, isInbox, listFolders, openInbox } from './graph/folders.ts';
import { createSubscriptions } from './graph/subscriptions.ts';
import { graphOf, targetOf } from './graph/target.ts';
import { keepReading, type Reading } from './keep-reading.ts';
import type { MailboxProblem, Source, SourceContext } from './source.ts';
import { type ReadingTiming, usualTiming } from './source-type.ts';

export interface GraphTiming extends ReadingTiming {
  /** Looks that follow where a mail was told of and is not listed yet. */
  lagMs: readonly number[];
  /** Milliseconds since the epoch. */
  now(): number;
}

const graphTiming: Pick<GraphTiming, 'lagMs' | 'now'> = { lagMs: [2_000, 8_000], now: () => Date.now() };
/** Mails that were told of and not seen yet. */
const maxAwaited = 200;

/**
 * Reads a mailbox by Microsoft Graph until stopped. The delta query of each folder is the truth, asked at every poll; notifications
 * only bring the next look forward.
 */
export function createGraphSource(context: SourceContext, timing: Partial<GraphTiming> = {}): Source {
  const { mailbox, log } = context;
  const { graph, notifications } = context.services;
  const times = { pollMs: mailbox.pollSeconds * 1_000, ...usualTiming, ...graphTiming, ...timing };
  const patience: GraphPatience = { ...times, longestWaitMs: times.wholeMs };
  const { baseUrl, username } = graphOf(mailbox);
  const account = `${baseUrl} ${username.toLowerCase()}`;
  const paths = mailbox.folders.length > 0 ? mailbox.folders : [inboxPath];
  const subscriptions = createSubscriptions(context, notifications, times.now);
  const awaited = new Set<string>();
  let current: Reading | undefined;
  let strangers = 0;
  const folders = paths.map((path) => createGraphFolderReader(path, account, context, () => current?.progressed()));

  function progress() {
    const known = folders.map((folder) => folder.progress()).filter((each) => each !== undefined);
    const behind = known.find(({ lag }) => lag > 0) ?? known.toSorted(byNewest)[0];
    if (behind === undefined) return undefined;
    return { ...behind, lag: known.reduce((sum, { lag }) => sum + lag, 0) };
  }

  /** Ids of the folders by path; a folder that was given another name is known by its id. */
  async function resolve(client: GraphClient): Promise<{ ids: Map<string, string>; serverTime: number }> {
    const inbox = await openInbox(client);
    const listed = paths.every(isInbox) ? [] : await listFolders(client, inbox.id);
    const ids = new Map<string, string>();
    for (const folder of folders) {
      const known = await folder.knownId();
      const found = listed.find(({ path }) => path === folder.path) ?? listed.find(({ id }) => id === known);
      const id = isInbox(folder.path) ? inbox.id : found?.id;
      if (id !== undefined) ids.set(folder.path, id);
    }
    return { ids, serverTime: inbox.serverTime };
  }

  /** One folder's absence does not hurt the others. Returns those that are there. */
  async function readAll(
    client: GraphClient,
    { ids, serverTime }: Awaited<ReturnType<typeof resolve>>,
    reading: Reading,
  ): Promise<string[]> {
    const missing: UserError[] = [];
    const problems: MailboxProblem[] = [];
    const present: string[] = [];
    for (const folder of folders) {
      const id = ids.get(folder.path);
      try {
        if (id === undefined) throw folderMissing(folder.path);
        await folder.read(client, id, serverTime);
        present.push(id);
        if (folder.problem) problems.push(folder.problem);
      } catch (thrown) {
        const error = explain(thrown);
        if (!(error instanceof UserError) || error.code !== 'folder-missing') throw thrown;
        missing.push(error);
        problems.push({ code: error.code, message: error.message, at: now() });
      }
    }
    const [first] = missing;
    if (first && missing.length === folders.length) throw first;
    const unheard = subscriptions.problem();
    if (unheard) problems.push({ ...unheard, at: now() });
    reading.report('connected', { lastSuccessAt: now(), nextRetryAt: undefined, lastError: undefined, problems });
    return present;
  }

  async function session(reading: Reading): Promise<void> {
    current = reading;
    const client = graph.client(targetOf(mailbox, context.credentials), patience, reading.signal);
    let places = await resolve(client);
    let looksForAwaited = 0;
    while (!reading.stopping) {
      reading.looking();
      const present = await readAll(client, places, reading);
      reading.steady();
      await subscriptions.tend(client, present);
      if (present.length < folders.length) places = await resolve(client);
      for (const id of awaited) if (folders.some((folder) => folder.hasTaken(id))) awaited.delete(id);
      const soon = awaited.size > 0 ? times.lagMs[looksForAwaited] : undefined;
      looksForAwaited = soon === undefined ? 0 : looksForAwaited + 1;
      // Told of, and in none of our folders: it was moved on, or filtered out.
      if (soon === undefined) awaited.clear();
      await reading.rest(Math.min(soon ?? times.pollMs, times.pollMs));
    }
  }

  function notified(items: readonly GraphNotification[]): void {
    const verdicts = items.map((item) => ({ item, verdict: subscriptions.judge(item) }));
    const ours = verdicts.filter(({ verdict }) => verdict !== null);
    if (ours.length < items.length) {
      strangers += 1;
      // Once for each power of two: whoever sends them cannot fill the log.
      if (Number.isInteger(Math.log2(strangers))) {
        log.warn({ calls: strangers }, 'notifications with a wrong secret came in and are ignored');
      }
    }
    for (const { item } of ours) {
      if (item.messageId !== undefined && awaited.size < maxAwaited) awaited.add(item.messageId);
    }
    if (ours.length > 0) source.wake();
  }

  function explain(thrown: unknown) {
    return explainGraph(thrown, { baseUrl, user: username });
  }

  const source = keepReading({ context, times, progress, session, explain });
  let stopListening: (() => void) | undefined;
  return {
    start() {
      stopListening = notifications.listen(mailbox.id, notified);
      source.start();
    },
    async stop() {
      stopListening?.();
      await source.stop();
    },
    wake: source.wake,
  };
}

function now(): string {
  return new Date().toISOString();
}

function byNewest(a: { newestTaken: string }, b: { newestTaken: string }): number {
  return b.newestTaken.localeCompare(a.newestTaken);
}
