import type { Generated } from 'kysely';
import type { Intervention } from '../../../schemas/api/interactions.ts';
import type { InteractionState } from '../../../schemas/interaction.ts';

/** Mails at work: what was decided about each, by whom, and how they are found. */
export interface InteractionTables {
  interactions: {
    /** ULID: sorts by arrival. */
    id: string;
    ledger: number;
    state: InteractionState;
    queue: string | null;
    priority: number;
    /** Order in the queue, lowest first: received_at - priority × 60,000; ties by received_at, then ledger. */
    rank: number;
    /** JSON list. */
    skills: string;
    subject: string;
    from_address: string;
    from_name: string;
    preview: string;
    received_at: number;
    mailbox: string;
    flow: string | null;
    version: number | null;
    reason: string;
    claimed_by: string | null;
    claimed_until: number | null;
    finished_at: number | null;
    /** Id of the route that took the mail, empty for none. UNIQUE (ledger, route): a repeated settle doubles nothing. */
    route: Generated<string>;
  };

  /** JSON of the parsed email, of the run, and of the route that took it, apart from the rows that lists read. */
  interaction_details: {
    interaction: string;
    email: string | null;
    run: string | null;
    way: string | null;
    /** JSON of a Removal: there was a run. */
    removed: string | null;
  };

  /** Which conversation a mail belongs to, by the interaction that began it; no row for one that answers nothing. */
  conversation_links: { interaction: string; conversation: string; how: 'token' | 'references' | 'by-hand' };

  /** What people did with single mails; kept when the mail is deleted. */
  interventions: {
    id: string;
    interaction: string;
    ledger: number;
    at: number;
    /** Id of the user or token. */
    who: string;
    action: Intervention['action'];
    detail: string;
  };

  /** Senders who were asked whether they wrote a mail. `hash` is SHA-256 of the link's token, `address` in lower case. */
  challenges: {
    hash: string;
    address: string;
    mailbox: string;
    interaction: string;
    sent_at: number;
    expires_at: number;
    confirmed_at: number | null;
  };

  /** Up to which ledger id subjects and senders stand in the index of the search. One row. */
  search_progress: { id: number; indexed: number };

  /** Ledger ids at or below that whose mails came or changed since; kept by triggers. */
  search_again: { ledger: number };
}
