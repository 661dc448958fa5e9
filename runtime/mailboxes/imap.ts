import { UserError } from '../../schemas/errors.ts';
import { type BackoffLimits, pauseAfter } from './imap/backoff.ts';
import { createBell } from './imap/bell.ts';
import { isOpen, peekFolder } from './imap/commands.ts';
import { type ConnectionTiming, type ImapConnection, openConnection } from './imap/connection.ts';
import { explainFailure } from './imap/failure.ts';
import { createFolderReader, type FolderReader } from './imap/folder.ts';
import type { MailboxStatus, Source, SourceContext } from './source.ts';

export interface ImapTiming extends ConnectionTiming {
  /** How often the server is asked, whatever IDLE says. Left out: the mailbox's own setting. */
  pollMs?: number;
  /** How often a silent connection is tried, at least. */
  keepAliveMs: number;
  retry: BackoffLimits;
  /** After an error that a person has to mend: seldom, so that no account is locked. */
  retryFailed: BackoffLimits;
  /** A connection that lived shorter than this does not make the next pause short again: no login storm. */
  steadyMs: number;
}

const usualTiming: ImapTiming = {
  quietMs: 30_000,
  wholeMs: 15 * 60_000,
  // Below the 29 minutes of RFC 2177 and the few minutes after which routers forget a connection.
  keepAliveMs: 4 * 60_000,
  retry: { firstMs: 1_000, longestMs: 60_000 },
  retryFailed: { firstMs: 5 * 60_000, longestMs: 60 * 60_000 },
  steadyMs: 60_000,
};

/** Reads an IMAP mailbox until stopped: whatever the server does, it comes back. `timing` is for tests. */
export function createImapSource(context: SourceContext, timing: Partial<ImapTiming> = {}): Source {
  const { mailbox, log } = context;
  const times = { pollMs: mailbox.pollSeconds * 1_000, ...usualTiming, ...timing };
  const bell = createBell();
  const folders = (mailbox.folders.length > 0 ? mailbox.folders : ['INBOX']).map((path) =>
    createFolderReader(path, context, () => report(status.state)),
  );
  let status: MailboxStatus = { state: 'starting' };
  let connection: ImapConnection | undefined;
  const stopped = new AbortController();
  let stopping = false;
  let pollNow = false;
  let failures = 0;
  let running: Promise<void> | undefined;

  function report(state: MailboxStatus['state'], change: Partial<MailboxStatus> = {}): void {
    const known = folders.map((folder) => folder.progress()).filter((progress) => progress !== undefined);
    const behind = known.find(({ lag }) => lag > 0) ?? known[0];
    status = {
      ...status,
      ...(behind && { newestOnServer: behind.newestOnServer, newestTaken: behind.newestTaken }),
      ...(known.length > 0 && { lag: known.reduce((sum, { lag }) => sum + lag, 0) }),
      ...change,
      state,
    };
    const { nextRetryAt, lastError, ...rest } = status;
    context.report({ ...rest, ...(nextRetryAt && { nextRetryAt }), ...(lastError && { lastError }) });
  }

  /** Reads every folder; the first one last, so that it stays open for IDLE. One folder's absence does not hurt the others. */
  async function readAll(open: ImapConnection): Promise<void> {
    const missing: UserError[] = [];
    for (const folder of folders.toReversed()) {
      try {
        if (folder !== folders[0] && (await isUnchanged(open, folder))) continue;
        await folder.read(open, true);
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== 'folder-missing') throw error;
        missing.push(error);
      }
    }
    const [first] = missing;
    if (first && missing.length === folders.length) throw first;
    const lastError = first && { code: first.code, message: first.message, at: new Date().toISOString() };
    report('connected', { lastSuccessAt: new Date().toISOString(), nextRetryAt: undefined, lastError });
  }

  async function isUnchanged(open: ImapConnection, folder: FolderReader): Promise<boolean> {
    const seen = await peekFolder(open, folder.path);
    return seen !== undefined && folder.isCurrent(seen);
  }

  /** One connection from login to its end, which is always an error or a stop. */
  async function session(): Promise<void> {
    report(status.state === 'stopped' ? 'starting' : status.state, { nextRetryAt: undefined });
    const open = await openConnection(mailbox, context.password(), times, stopped.signal, () => {
      // What a connection says after it was given up must not cut the pause short.
      if (connection !== undefined) bell.ring();
    });
    connection = open;
    const since = Date.now();
    try {
      while (!stopping) {
        pollNow = false;
        await readAll(open);
        if (Date.now() - since >= times.steadyMs) failures = 0;
        await watch(open, Date.now() + times.pollMs);
      }
    } finally {
      if (Date.now() - since >= times.steadyMs) failures = 0;
      connection = undefined;
      open.close();
    }
  }

  /** Until the next poll: waits for the server's hints, and looks only where they point. */
  async function watch(open: ImapConnection, nextPollAt: number): Promise<void> {
    while (!stopping && !pollNow) {
      idle(open);
      const rest = nextPollAt - Date.now();
      if (rest <= 0) return;
      const hinted = await bell.sleep(Math.min(rest, times.keepAliveMs));
      if (stopping || pollNow) return;
      const [first] = folders;
      if (hinted && first && isOpen(open, first.path)) {
        await first.read(open, false);
        report('connected', { lastSuccessAt: new Date().toISOString() });
      } else if (hinted) {
        return;
      } else if (Date.now() < nextPollAt) {
        await open.run('staying connected', (client) => client.noop());
      }
    }
  }

  function idle(open: ImapConnection): void {
    if (open.closed || open.client.idling || !open.client.capabilities.has('IDLE')) return;
    // Ends with the next command, or with the connection, which rings the bell; either way the poll finds out.
    open.client.idle().catch(() => {});
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        await session();
      } catch (thrown) {
        if (stopping) break;
        failures += 1;
        const error = explain(thrown);
        const settled = error instanceof UserError;
        const pause = pauseAfter(failures, settled ? times.retryFailed : times.retry);
        const now = Date.now();
        log.warn(
          { code: error.code, failures, pause, error: error.message },
          'the mailbox cannot be read; trying again later',
        );
        report(settled ? 'failed' : 'retrying', {
          nextRetryAt: new Date(now + pause).toISOString(),
          lastError: { code: error.code, message: error.message, at: new Date(now).toISOString() },
        });
        await bell.sleep(0);
        await bell.sleep(pause);
      }
    }
  }

  function explain(thrown: unknown) {
    const { host, port, security, username } = mailbox.imap ?? { host: '', port: 0, security: 'tls', username: '' };
    return explainFailure(thrown, { host, port, security, username });
  }

  return {
    start() {
      running ??= run().finally(() => report('stopped', { nextRetryAt: undefined }));
    },
    async stop() {
      stopping = true;
      bell.ring();
      stopped.abort();
      connection?.close();
      await running;
    },
    wake() {
      pollNow = true;
      bell.ring();
    },
  };
}
