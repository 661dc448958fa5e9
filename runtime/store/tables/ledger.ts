import type { Generated } from 'kysely';
import type { LedgerState } from '../../../schemas/interaction.ts';

/** What was taken from servers, byte for byte, and the account of it. */
export interface LedgerTables {
  /** Raw mails, byte for byte as they came, in the commit of their ledger row. Written once. */
  raw_mails: { ledger: number; bytes: Uint8Array };

  /** One row for every server message ever seen; UNIQUE (mailbox, folder, server_key) is what makes doubling impossible. */
  ledger: {
    id: Generated<number>;
    mailbox: string;
    folder: string;
    server_key: string;
    state: LedgerState;
    reason: string;
    /** Raised durably before each try at parsing and running, so that a mail that kills the process is found out. */
    attempts: number;
    size: number;
    /** Bytes on the server where only the head and the first text are stored here; null where all of it is. */
    whole_size: number | null;
    /** JSON {from, to[], client?: {ip, name}} of an SMTP transaction; null elsewhere. */
    envelope: string | null;
    received_at: number;
    accepted_at: number;
    settled_at: number | null;
    /** Allotted at acceptance, so that a repeated run settles under the same id; the interaction's row is written by settle. */
    interaction: string | null;
    /** JSON of a Removal: its source is not here any more, by a rule. */
    removed: string | null;
  };

  /** How many rows of the ledger are in each state; kept by triggers of the database. */
  ledger_counts: { state: LedgerState; mails: number };

  /** Where each source continues; written in the commit of the mails before it. */
  cursors: { mailbox: string; folder: string; value: string };

  /** How mails are to be read that cannot be read as they came; JSON of a Repair. */
  repairs: { ledger: number; repair: string };

  /** Mails accepted in the ten minutes from `since`; kept by a trigger. */
  mailbox_spans: { mailbox: string; since: number; mails: number };

  /** Comparisons of a mailbox with its server. */
  reconciliations: {
    id: string;
    mailbox: string;
    cause: 'nightly' | 'by-hand';
    state: 'running' | 'done' | 'failed';
    started_at: number;
    ended_at: number | null;
    on_server: number;
    missing: number;
    taken: number;
    doubled: number;
    error: string;
  };
}
