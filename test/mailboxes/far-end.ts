import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { createImapSource, type ImapTiming } from '../../runtime/mailboxes/imap.ts';
import type { MailboxStatus, RawMail, Source, SourceContext, SourceServices } from '../../runtime/mailboxes/source.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import type { Dovecot } from '../support/dovecot.ts';
import type { EwsServer } from '../support/ews/ews-server.ts';
import { until } from '../support/until.ts';
import { createSourceServices } from './source-services.ts';

/** The far end of the source contract: keeps what it accepts, as a store would, keyed by folder and server key. */
export interface FarEnd {
  readonly mails: RawMail[];
  readonly cursors: Map<string, string>;
  readonly statuses: MailboxStatus[];
  readonly warnings: string[];
  readonly status: MailboxStatus;
  /** Called before each commit; what it throws is what a full disk throws. */
  beforeCommit: (mails: readonly RawMail[]) => void | Promise<void>;
  subjects(): string[];
  /** Loses a mail, as a database damaged by hand does. */
  forget(subject: string): RawMail | undefined;
  context(mailbox: Mailbox, password?: () => string): SourceContext;
  /** The same with a token in place of a password. */
  tokenContext(mailbox: Mailbox, token: () => string, services?: SourceServices): SourceContext;
  waitForState(state: MailboxStatus['state']): Promise<void>;
  waitForMails(count: number): Promise<void>;
}

export function createFarEnd(): FarEnd {
  const mails: RawMail[] = [];
  const keys = new Set<string>();
  const cursors = new Map<string, string>();
  const statuses: MailboxStatus[] = [];
  const warnings: string[] = [];
  const farEnd: FarEnd = {
    mails,
    cursors,
    statuses,
    warnings,
    get status() {
      return statuses.at(-1) ?? { state: 'stopped' };
    },
    beforeCommit: () => {},
    subjects: () =>
      mails.map((mail) => /^Subject: (.*)$/m.exec(Buffer.from(mail.bytes).toString('latin1'))?.[1]?.trim() ?? ''),
    forget(subject) {
      const place = farEnd.subjects().indexOf(subject);
      const [lost] = place < 0 ? [] : mails.splice(place, 1);
      if (lost) keys.delete(`${lost.folder} ${lost.serverKey}`);
      return lost;
    },
    context: (mailbox, password = () => 'secret') => ({
      mailbox,
      credentials: async () =>
        await withPassword(
          mailbox.imap?.username ?? mailbox.pop3?.username ?? mailbox.ews?.username ?? '',
          password(),
        )(),
      async accept(batch, cursor) {
        await farEnd.beforeCommit(batch);
        for (const mail of batch) {
          const key = `${mail.folder} ${mail.serverKey}`;
          if (!keys.has(key)) mails.push(mail);
          keys.add(key);
        }
        if (cursor) cursors.set(cursor.folder, cursor.value);
      },
      loadCursor: async (folder) => cursors.get(folder),
      services: createSourceServices(),
      report: (status) => void statuses.push(status),
      log: { info: () => {}, warn: (_data, message) => void warnings.push(message) },
    }),
    tokenContext: (mailbox, token, services = createSourceServices()) => ({
      ...farEnd.context(mailbox),
      credentials: async () => ({
        kind: 'token',
        username: mailbox.graph?.username ?? '',
        token: token(),
        expiresAt: Number.POSITIVE_INFINITY,
      }),
      services,
    }),
    waitForState: (state) => until(`state ${state}`, () => farEnd.status.state === state),
    waitForMails: (count) => until(`${count} mails taken`, () => mails.length >= count, 20_000),
  };
  return farEnd;
}

export function imapMailbox(dovecot: Dovecot, user: string, change: Partial<Mailbox> = {}): Mailbox {
  return {
    id: 'support',
    name: 'support',
    type: 'imap',
    address: 'support@example.test',
    enabled: true,
    folders: ['INBOX'],
    pollSeconds: 60,
    maxBytes: 26_214_400,
    imap: {
      host: '127.0.0.1',
      port: dovecot.ports.imap,
      security: 'none',
      username: user,
      password: 'sealed:v1:x',
    },
    ...change,
  };
}

export function pop3Mailbox(dovecot: Dovecot, user: string, change: Partial<Mailbox> = {}): Mailbox {
  const { imap, ...rest } = imapMailbox(dovecot, user);
  return {
    ...rest,
    type: 'pop3',
    folders: [],
    ...(imap && { pop3: { ...imap, port: dovecot.ports.pop3 } }),
    ...change,
  };
}

export function ewsMailbox(server: EwsServer, change: Partial<Mailbox> = {}): Mailbox {
  return {
    id: 'support',
    name: 'support',
    type: 'ews',
    address: server.address,
    enabled: true,
    folders: ['INBOX'],
    pollSeconds: 60,
    maxBytes: 26_214_400,
    ews: { host: server.host, port: server.port, security: 'none', username: server.user, password: 'sealed:v1:x' },
    ...change,
  };
}

export function graphMailbox(baseUrl: string, user: string, change: Partial<Mailbox> = {}): Mailbox {
  return {
    id: 'support',
    name: 'support',
    type: 'graph',
    address: user,
    enabled: true,
    folders: ['Inbox'],
    pollSeconds: 60,
    maxBytes: 26_214_400,
    graph: { baseUrl, username: user, authorisation: 'contoso' },
    ...change,
  };
}

/** Short enough for tests, long enough for a busy machine. A poll of an hour leaves everything to IDLE. */
export const quick: Partial<ImapTiming> = {
  pollMs: 3_600_000,
  quietMs: 10_000,
  retry: { firstMs: 50, longestMs: 200 },
};

/** A source that is reading when this resolves. */
export async function startReading(
  farEnd: FarEnd,
  mailbox: Mailbox,
  timing: Partial<ImapTiming> = quick,
): Promise<Source> {
  const source = createImapSource(farEnd.context(mailbox), timing);
  source.start();
  await until('reading', () => farEnd.status.state === 'connected' && farEnd.status.lastSuccessAt !== undefined);
  return source;
}
