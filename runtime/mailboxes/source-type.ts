import type { MailboxBody, MailboxChange, MailboxView } from '../../schemas/api/mailboxes.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import type { SourceTypeName } from '../../schemas/sources/index.ts';
import type { GetCredentials, StoredLogin } from '../authorisations/credentials.ts';
import type { BackoffLimits } from './backoff.ts';
import type { Seal } from './server-settings.ts';
import type { AskMissing, ListContext, Source, SourceContext, SourceServices, VerifyReport } from './source.ts';
import type { StoredMail } from './whole-mail.ts';

/** How patient a source is; times in milliseconds. */
export interface ReadingTiming {
  /** How often the server is asked. Left out: the mailbox's own setting. */
  pollMs?: number;
  /** A command that has brought no byte for so long is given up, and the connection with it. */
  quietMs: number;
  /** No command may take longer, however busily the server drips. */
  wholeMs: number;
  retry: BackoffLimits;
  /** After an error that a person has to mend: seldom, so that no account is locked. */
  retryFailed: BackoffLimits;
  /** Reading that failed sooner than this does not make the next pause short again: no login storm. */
  steadyMs: number;
}

export const usualTiming: Omit<ReadingTiming, 'pollMs'> = {
  quietMs: 30_000,
  wholeMs: 15 * 60_000,
  retry: { firstMs: 1_000, longestMs: 60_000 },
  retryFailed: { firstMs: 5 * 60_000, longestMs: 60 * 60_000 },
  steadyMs: 60_000,
};

/** How patient "Verify" is: somebody sits before the screen. */
export const verifyTiming: Pick<ReadingTiming, 'quietMs' | 'wholeMs'> = { quietMs: 15_000, wholeMs: 60_000 };

/** All that the rest of the house needs to know about one type of source. */
export interface SourceType<T extends SourceTypeName> {
  /** What of a MailboxChange belongs to this type; the rest is refused for it. */
  properties: readonly string[];
  /** What is stored for what a person entered. */
  store(body: MailboxBody<T>, seal: Seal): Pick<Mailbox, T | 'folders' | 'afterTaking' | 'takeDays'>;
  /** Changes what is named, in place. */
  change(mailbox: Mailbox, change: MailboxChange, seal: Seal): void;
  /** The connection without its secrets. */
  view(mailbox: Mailbox): Partial<Pick<MailboxView, T>>;
  /** How the mailbox logs in, its secret sealed. */
  login(mailbox: Mailbox): StoredLogin;
  createSource(context: SourceContext, timing?: Partial<ReadingTiming>): Source;
  /**
   * The server's side of a reconciliation, over a connection of its own: lists the mails that the server has now, that came after the set-up (or
   * after the server last numbered its mails anew), and that the source has passed by its stored cursor; what it has not come to yet is lag,
   * not loss. Asks `missing`, once for each folder or altogether, which of them the ledger lacks, and hands those to `context.accept`. Changes
   * nothing on the server. Rejects with a UserError or an OperationalError that says what to do.
   */
  list(context: ListContext, missing: AskMissing): Promise<void>;
  /** Tries the mailbox out, changing nothing on the server; never rejects over what a server does. */
  verify(mailbox: Mailbox, credentials: GetCredentials, services: SourceServices): Promise<VerifyReport>;
  /** Gets a mail that was shortened once more, as a whole. Rejects as assertWhole does, or with words about the server. */
  fetchWhole(
    mailbox: Mailbox,
    credentials: GetCredentials,
    mail: StoredMail,
    services: SourceServices,
  ): Promise<Uint8Array>;
}
