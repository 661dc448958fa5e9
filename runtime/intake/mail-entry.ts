/** A mail between acceptance and settlement, as the pump hands it from step to step. */
export interface MailEntry {
  /** Id of its ledger row: the order of arrival. */
  ledger: number;
  /** Allotted at acceptance, so that a run repeated after a crash settles under the same id. */
  interaction: string;
  mailbox: string;
  envelope: { from: string; to: string[] } | undefined;
  receivedAt: number;
  size: number;
  /** Tries begun so far, the one under way included; durable before the mail is looked into. */
  attempts: number;
  /** Why it must be quarantined, known before parsing (`too-large`); empty for the rest. */
  verdict: string;
  /** Null where memory is better used otherwise: they are read back from the store. */
  bytes: Uint8Array | null;
}

/** Cut off at the source because it exceeds the mailbox's limit; only its head is stored. */
export const tooLarge = 'too-large';
