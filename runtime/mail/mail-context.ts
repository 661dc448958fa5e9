import type { Repair } from '../../schemas/repair.ts';

/** What is known of a mail beside its bytes. */
export interface MailContext {
  own: {
    /** Addresses that are ours: mail from them is never answered. */
    addresses: readonly string[];
    /** The installation's random name (settings), by which our own Message-IDs are known; "" where there is none. */
    installation: string;
  };
  /** How a person wants it to be read. */
  repair?: Repair;
  /** SMTP only; `from` "" is the null sender. */
  envelope?: { from: string; to: string[] };
}
