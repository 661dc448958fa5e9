import type { LedgerState } from '../../schemas/interaction.ts';

/** A mail between acceptance and settlement, as the pump hands it from step to step. */
export interface MailEntry {
  /** Id of its ledger row: the order of arrival. */
  ledger: number;
  /** Allotted at acceptance, so that a run repeated after a crash settles under the same id. */
  interaction: string;
  mailbox: string;
  folder: string;
  envelope: { from: string; to: string[]; client?: { ip: string; name: string } } | undefined;
  receivedAt: number;
  size: number;
  /** Bytes on the server, where what is stored is shortened. */
  wholeSize?: number | undefined;
  /** Tries begun so far, the one under way included; durable before the mail is looked into. */
  attempts: number;
  /** What is known before parsing: `not-handed-over` must be quarantined, `let-through` passes the filters; empty for the rest. */
  verdict: string;
  /** Null where memory is better used otherwise: they are read back from the store. */
  bytes: Uint8Array | null;
  /** What stands already of a mail to several routes, one of which is run again: none of them is run twice. */
  done: readonly DoneRoute[];
}

/** A route that settled, and what that is in the ledger's words. */
export interface DoneRoute {
  route: string;
  state: LedgerState;
}

/** The server did not hand the mail over as a whole, and at most its head is stored. */
export const notHandedOver = 'not-handed-over';

/** Reasons of mails of which no more than a head was ever here; `too-large` is what earlier versions wrote. */
export const isHeadOnly = (reason: string) => /^(not-handed-over|too-large)(:|$)/.test(reason);

/** A person, or the sender's confirmation, has let it past the filters. */
export const letThrough = 'let-through';
