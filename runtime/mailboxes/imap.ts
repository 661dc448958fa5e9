import { UserError } from '../../schemas/errors.ts';
import type { Credentials, GetCredentials } from '../authorisations/credentials.ts';
import { isOpen, peekFolder } from './imap/commands.ts';
import { type ImapConnection, openConnection } from './imap/connection.ts';
import { explainFailure } from './imap/failure.ts';
import { explainMissing } from './imap/find-renamed.ts';
import { createFolderReader, type FolderReader } from './imap/folder.ts';
import { keepReading, type Reading } from './keep-reading.ts';
import type { MailboxProblem, Source, SourceContext } from './source.ts';
import { type ReadingTiming, usualTiming } from './source-type.ts';

export interface ImapTiming extends ReadingTiming {
  /** How often a silent connection is tried, at least. */
  keepAliveMs: number;
}

/** Below the 29 minutes of RFC 2177 and the few minutes after which routers forget a connection. */
const keepAliveMs = 4 * 60_000;

/** Reads an IMAP mailbox until stopped: whatever the server does, it comes back. `timing` is for tests. */
export function createImapSource(context: SourceContext, timing: Partial<ImapTiming> = {}): Source {
  const { mailbox } = context;
  const times = { pollMs: mailbox.pollSeconds * 1_000, keepAliveMs, ...usualTiming, ...timing };
  const now = () => new Date().toISOString();
  let current: Reading | undefined;
  /** When a session was last followed by another at once. */
  let renewedAt = Number.NEGATIVE_INFINITY;
  const folders = (mailbox.folders.length > 0 ? mailbox.folders : ['INBOX']).map((path) =>
    createFolderReader(path, context, () => current?.progressed()),
  );

  function progress() {
    const known = folders.map((folder) => folder.progress()).filter((each) => each !== undefined);
    const behind = known.find(({ lag }) => lag > 0) ?? known[0];
    if (behind === undefined) return undefined;
    return { ...behind, lag: known.reduce((sum, { lag }) => sum + lag, 0) };
  }

  /** Reads every folder; the first one last, so that it stays open for IDLE. One folder's absence does not hurt the others. */
  async function readAll(open: ImapConnection, reading: Reading): Promise<void> {
    const missing: UserError[] = [];
    const problems: MailboxProblem[] = [];
    for (const folder of folders.toReversed()) {
      try {
        if (folder === folders[0] || !(await isUnchanged(open, folder))) await folder.read(open, true);
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== 'folder-missing') throw error;
        const explained = await explainMissing(open, folder.path, folder.validity, mailbox.folders);
        missing.push(explained);
        problems.push({ code: explained.code, message: explained.message, at: now() });
        continue;
      }
      if (folder.problem) problems.push(folder.problem);
    }
    const [first] = missing;
    if (first && missing.length === folders.length) throw first;
    reading.report('connected', { lastSuccessAt: now(), nextRetryAt: undefined, lastError: undefined, problems });
  }

  async function isUnchanged(open: ImapConnection, folder: FolderReader): Promise<boolean> {
    const seen = await peekFolder(open, folder.path);
    return seen !== undefined && folder.isCurrent(open, seen);
  }

  /** Connections one after the other, as long as each ends only with its token. Ends by an error or a stop. */
  async function session(reading: Reading): Promise<void> {
    current = reading;
    let ended: Credentials | undefined;
    do {
      const used = ended;
      ended = await readOver((refused) => context.credentials(refused ?? used), reading);
    } while (ended !== undefined && !reading.stopping);
  }

  /** From login to the end, which is an error or a stop, or that of the token: then it resolves with what is to be replaced. */
  async function readOver(credentials: GetCredentials, reading: Reading): Promise<Credentials | undefined> {
    let isGivenUp = true;
    const open = await openConnection(mailbox, credentials, times, reading.signal, () => {
      // What a connection says after it was given up must not cut the pause short.
      if (!isGivenUp) reading.bell.ring();
    });
    isGivenUp = false;
    const close = () => open.close();
    reading.signal.addEventListener('abort', close, { once: true });
    const since = performance.now();
    const settle = () => {
      if (performance.now() - since >= times.steadyMs) reading.steady();
    };
    try {
      while (!reading.stopping) {
        reading.looking();
        await readAll(open, reading);
        settle();
        await watch(open, reading, performance.now() + times.pollMs);
      }
      return undefined;
    } catch (thrown) {
      const { endedToken } = open;
      // One that ends each session at once gets pauses, as whatever else fails does.
      if (endedToken === undefined || reading.stopping || Date.now() - renewedAt < times.steadyMs) throw thrown;
      renewedAt = Date.now();
      context.log.info({}, 'the token of the session has ended; signing in with a new one');
      return endedToken;
    } finally {
      settle();
      isGivenUp = true;
      reading.signal.removeEventListener('abort', close);
      open.close();
    }
  }

  /** Until the next poll: waits for the server's hints, and looks only where they point. */
  async function watch(open: ImapConnection, reading: Reading, nextPollAt: number): Promise<void> {
    const isDone = () => reading.stopping || reading.wished;
    while (!isDone()) {
      idle(open);
      const rest = nextPollAt - performance.now();
      if (rest <= 0) return;
      const hinted = await reading.bell.sleep(Math.min(rest, times.keepAliveMs));
      if (isDone()) return;
      const [first] = folders;
      if (hinted && first && isOpen(open, first.path)) {
        await first.read(open, false);
        reading.report('connected', { lastSuccessAt: new Date().toISOString() });
      } else if (hinted) {
        return;
      } else if (performance.now() < nextPollAt) {
        await open.run('staying connected', (client) => client.noop());
      }
    }
  }

  function idle(open: ImapConnection): void {
    if (open.closed || open.client.idling || !open.client.capabilities.has('IDLE')) return;
    // Ends with the next command, or with the connection, which rings the bell; either way the poll finds out.
    open.client.idle().catch(() => {});
  }

  function explain(thrown: unknown) {
    const { host, port, security, username } = mailbox.imap ?? { host: '', port: 0, security: 'tls', username: '' };
    return explainFailure(thrown, { host, port, security, username });
  }

  return keepReading({ context, times, progress, session, explain });
}
