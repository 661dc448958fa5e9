import { ImapFlow } from 'imapflow';
import { OperationalError, UserError } from '../../../schemas/errors.ts';
import type { Mailbox } from '../../../schemas/settings.ts';
import type { Credentials, GetCredentials } from '../../authorisations/credentials.ts';
import { logIn } from '../../authorisations/log-in.ts';
import { assertSecure } from '../assert-secure.ts';
import { isTokenRefusal } from '../connection-failure.ts';
import type { Server } from '../server-settings.ts';
import type { ReadingTiming } from '../source-type.ts';
import { explainToken } from './failure.ts';

export type ConnectionTiming = Pick<ReadingTiming, 'quietMs' | 'wholeMs'>;

type Aside = <T>(ownWork: Promise<T>) => Promise<T>;

export interface ImapConnection {
  readonly client: ImapFlow;
  /** True from the moment the server or we have hung up. */
  readonly closed: boolean;
  /** The token that this session was opened with, once the server has ended the session because the token has ended; else undefined. */
  readonly endedToken: Credentials | undefined;
  /**
   * Runs commands under the deadline. `what` completes "The server did not answer while ...". What the work does on its own account goes
   * through `aside`: meanwhile the server's silence does not count.
   */
  run<T>(what: string, work: (client: ImapFlow, aside: Aside) => Promise<T>): Promise<T>;
  close(): void;
}

/** Exchange's words when it ends a session with its token: "Session invalidated - AccessTokenExpired". */
const saysTokenEnded = /token\s*(has\s+)?expired/i;

/** A mail's literal may be longer than the size the server announced for it (Exchange rounds); more than this is an attack. */
const literalMargin = 1_048_576;

/**
 * Opens a verified, authorised connection or rejects with the library's error, leaving no socket behind.
 * `onHint` is called when the server says that mail has come, and when the connection closes.
 */
export async function openConnection(
  mailbox: Mailbox,
  credentials: GetCredentials,
  timing: ConnectionTiming,
  signal: AbortSignal,
  onHint: () => void,
): Promise<ImapConnection> {
  const attempt = (shown: Credentials) => openWith(mailbox, shown, timing, signal, onHint);
  return await logIn(credentials, attempt, isTokenRefusal);
}

async function openWith(
  mailbox: Mailbox,
  credentials: Credentials,
  timing: ConnectionTiming,
  signal: AbortSignal,
  onHint: () => void,
): Promise<ImapConnection> {
  const server = imapOf(mailbox);
  assertSecure(server);
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'starttls',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(server.ca ? { ca: server.ca } : {}) },
    auth: {
      user: server.username,
      ...(credentials.kind === 'token' ? { accessToken: credentials.token } : { pass: credentials.password }),
    },
    clientInfo: { name: 'Sluice' },
    logger: false,
    disableAutoIdle: true,
    // CONDSTORE would add a MODSEQ to every answer, and nothing here reads it.
    disableAutoEnable: true,
    // Gmail and Dovecot 2.4 offer it: reading took ten times as long, the processor four times, and each session a quarter of a megabyte.
    disableCompression: true,
    connectionTimeout: timing.quietMs,
    greetingTimeout: timing.quietMs,
    // The deadline of run() is the watchdog; the library's own must not come first while IDLE is silent.
    socketTimeout: 30 * 60_000,
    maxLiteralSize: mailbox.maxBytes + literalMargin,
    maxResponseSize: mailbox.maxBytes + 17 * literalMargin,
    // The answer to SEARCH is one line; this is enough for two million mails.
    maxLineLength: 16 * literalMargin,
  });
  let closed = false;
  // Without a listener an error would end the process; whatever it is, the command under way rejects and "close" follows.
  client.on('error', () => {});
  client.on('close', () => {
    closed = true;
    onHint();
  });
  client.on('exists', ({ count, prevCount }) => {
    if (count > prevCount) onHint();
  });

  const connection: ImapConnection = {
    client,
    get closed() {
      return closed || client.isClosed;
    },
    get endedToken() {
      if (credentials.kind !== 'token' || !connection.closed) return undefined;
      const isOver = Date.now() >= credentials.expiresAt || saysTokenEnded.test(client.byeReason ?? '');
      return isOver ? credentials : undefined;
    },
    async run(what, work) {
      if (connection.closed)
        throw new OperationalError('connection-lost', `The connection to ${server.host} was lost.`);
      return await withDeadline(client, timing, `${server.host} did not answer while ${what}.`, work);
    },
    close: () => client.close(),
  };
  const aborted = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new OperationalError('stopped', 'The mailbox was stopped while connecting.'));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    const connecting = withDeadline(client, timing, `${server.host} did not answer while connecting.`, () =>
      client.connect(),
    );
    await Promise.race([connecting, aborted]);
  } catch (error) {
    // The library leaves the socket open when the login fails.
    client.close();
    throw credentials.kind === 'token' ? explainToken(error, server, credentials.token) : error;
  }
  aborted.catch(() => {});
  return connection;
}

export function imapOf(mailbox: Mailbox): Server {
  if (mailbox.imap === undefined) {
    throw new UserError(
      'mailbox-incomplete',
      `Mailbox ${mailbox.name} has no IMAP server. Enter host, user and password.`,
    );
  }
  return mailbox.imap;
}

/** Watches a command from outside the library: what stays silent, or never ends, is cut off by closing the connection. */
async function withDeadline<T>(
  client: ImapFlow,
  timing: ConnectionTiming,
  message: string,
  work: (client: ImapFlow, aside: Aside) => Promise<T>,
): Promise<T> {
  let start = performance.now();
  let received = client.stats().received;
  let heardAt = start;
  let watchdog: NodeJS.Timeout | undefined;
  let paused = false;
  const aside: Aside = async (ownWork) => {
    const since = performance.now();
    paused = true;
    try {
      return await ownWork;
    } finally {
      paused = false;
      heardAt = performance.now();
      start += heardAt - since;
    }
  };
  const expiry = new Promise<never>((_resolve, reject) => {
    watchdog = setInterval(
      () => {
        if (paused) return;
        const now = performance.now();
        const total = client.stats().received;
        if (total !== received) heardAt = now;
        received = total;
        if (now - heardAt < timing.quietMs && now - start < timing.wholeMs) return;
        reject(new OperationalError('imap-timeout', `${message} The connection is given up and made anew.`));
        client.close();
      },
      Math.max(10, timing.quietMs / 4),
    );
  });
  try {
    return await Promise.race([work(client, aside), expiry]);
  } finally {
    clearInterval(watchdog);
  }
}
