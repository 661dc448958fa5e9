import type { Mailbox } from '../../schemas/settings.ts';
import type { GetCredentials } from '../authorisations/credentials.ts';
import type { Graph } from '../graph/client.ts';
import type { GraphNotifications } from '../graph/notifications.ts';

/** One mail as a server handed it over, byte for byte. */
export interface RawMail {
  /** Server's folder, or "" where the protocol has none. */
  folder: string;
  /** Unique in the folder for ever: `<uidvalidity>:<uid>`, or what an SMTP client repeats when it lost our answer. */
  serverKey: string;
  bytes: Uint8Array;
  /** When the server took it, milliseconds since the epoch. */
  receivedAt: number;
  /** SMTP only: MAIL FROM ("" is the null sender), RCPT TO, and who handed it over. Elsewhere headers are all there is. */
  envelope?: { from: string; to: string[]; client?: { ip: string; name: string } };
  /**
   * Set where the mail is over the mailbox's limit: `bytes` are a small mail with its head and first text (shortenMail), and this is how
   * many bytes the server has. The flow runs on it; the rest is fetched when somebody asks for it.
   */
  wholeSize?: number;
  /** True where the server does not hand the mail over, or nothing can be read of it but a head: intake quarantines it. */
  truncated?: boolean;
}

/** Where a source continues, per folder. Opaque to intake; stored in the same commit as the mails before it. */
export interface Cursor {
  folder: string;
  value: string;
}

type MailboxState = 'starting' | 'connected' | 'retrying' | 'failed' | 'stopped';

/** What is wrong with a mailbox, in words that say what to do. */
export interface MailboxProblem {
  code: string;
  message: string;
  /** ISO 8601. */
  at: string;
}

/** The mailbox truth meter: what the page, /metrics and the log show. Times are ISO 8601. */
export interface MailboxStatus {
  state: MailboxState;
  /** Newest server key that the server has, and that is stored durably; equal when nothing is behind. */
  newestOnServer?: string;
  newestTaken?: string;
  /** Mails on the server that are not taken yet. */
  lag?: number;
  lastSuccessAt?: string;
  nextRetryAt?: string;
  lastError?: MailboxProblem;
  /** What is wrong although mail is taken: a folder that has gone, mails that cannot be moved. */
  problems?: MailboxProblem[];
}

/** What of the rest of the house sources use that speak HTTP. */
export interface SourceServices {
  graph: Graph;
  notifications: GraphNotifications;
}

/** What a source may use. */
export interface SourceContext {
  readonly mailbox: Mailbox;
  /** Asked at each login, so that a token is fresh and nothing secret is kept; see GetCredentials. */
  credentials: GetCredentials;
  /**
   * Stores the mails and the cursor in one durable commit, then resolves; only then may the server be told.
   * Known server keys are not stored again and count as accepted. Rejects if nothing was stored (disk full): the source must
   * not acknowledge, and tries again later.
   */
  accept(mails: readonly RawMail[], cursor?: Cursor): Promise<void>;
  loadCursor(folder: string): Promise<string | undefined>;
  readonly services: SourceServices;
  /** Called on every change of state. Must not throw. */
  report(status: MailboxStatus): void;
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
}

/** One mailbox being read. */
export interface Source {
  /** Resolves at once; connects in the background and keeps trying until stopped. */
  start(): void;
  /** Resolves when nothing of the source runs any more. What was not accepted stays on the server. */
  stop(): Promise<void>;
  /** Looks for new mail now rather than at the next poll. */
  wake(): void;
}

/** A mail that a server has, as the ledger names it. */
export interface ServerMail {
  folder: string;
  serverKey: string;
  /** `serverKey` is only how the ledger's key begins: the rest is told by nothing but the mail itself. */
  isBeginning?: true;
}

/** What a comparison with the server may use: nothing of it moves the source's place. */
export type ListContext = Pick<SourceContext, 'mailbox' | 'credentials' | 'loadCursor' | 'services'> & {
  accept(mails: readonly RawMail[]): Promise<void>;
};

/** Tells which of these the ledger lacks. */
export type AskMissing = (listed: readonly ServerMail[]) => Promise<readonly ServerMail[]>;

/** What "Verify" found, in words for a person. */
export interface VerifyReport {
  ok: boolean;
  steps: { name: string; ok: boolean; message: string }[];
  folders?: { path: string; messages: number; unseen: number; specialUse?: string }[];
}
