import type { Generated } from 'kysely';
import type { AlarmKind } from '../../schemas/api/alarms.ts';
import type { Intervention } from '../../schemas/api/interactions.ts';
import type { InteractionState, LedgerState, OutboxState } from '../../schemas/interaction.ts';

/**
 * The tables, as queries see them. Times are integers, milliseconds since the epoch, UTC; JSON is text.
 * Lists stay fast because what they show stands in narrow rows: mails, traces and sources have tables of their own.
 */
export interface Database {
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
  };

  /** Every change that somebody made: who, what, from what to what. Written once. */
  audit: {
    /** ULID: sorts by time. */
    id: string;
    at: number;
    who: string;
    who_name: string;
    role: string;
    proved_by: string;
    address: string;
    method: string;
    path: string;
    what: string;
    /** JSON: the names in the path. */
    target: string;
    /** JSON [{path, before, after}]. */
    changes: string;
  };

  /** What authorisations have at their providers. */
  authorisations: {
    id: string;
    /** Sealed; each refresh may replace it, and then the former works no more. */
    refresh_token: string | null;
    /** Whom the provider named. */
    account: string | null;
    authorised_at: number | null;
    /** When the provider last gave a token. */
    granted_at: number | null;
    /** JSON {code, message, at}; null after a success. */
    failure: string | null;
  };

  /** Where each source continues; written in the commit of the mails before it. */
  cursors: { mailbox: string; folder: string; value: string };

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
  interaction_details: { interaction: string; email: string | null; run: string | null; way: string | null };

  /** How mails are to be read that cannot be read as they came; JSON of a Repair. */
  repairs: { ledger: number; repair: string };

  /** Which conversation a mail belongs to, by the interaction that began it; no row for one that answers nothing. */
  conversation_links: { interaction: string; conversation: string; how: 'token' | 'references' | 'by-hand' };

  /** What people did with single mails; kept when the mail is deleted. */
  interventions: {
    id: string;
    interaction: string;
    ledger: number;
    at: number;
    who: string;
    action: Intervention['action'];
    detail: string;
  };

  outbox: {
    id: string;
    interaction: string;
    /** The action that asked, and how often it had asked before in that run: with the interaction UNIQUE, so a repeated settle sends nothing twice. */
    action: string;
    ordinal: number;
    /** A `copy` is what a route has sent to others besides: it counts in no budget. */
    kind: 'auto-response' | 'copy';
    /** The inbound mailbox of the mail that it answers. */
    mailbox: string;
    /** Id of the outbound mailbox through which it leaves; empty where none is set up, and it is captured. */
    outbound: string;
    to_address: string;
    /** Oldest message id of the conversation, for the budget per thread. */
    thread: string;
    from_address: string;
    envelope_from: string;
    subject: string;
    message_id: string;
    text: string;
    /** Complete RFC 5322 bytes. */
    raw: Uint8Array;
    state: OutboxState;
    reason: string;
    attempts: number;
    created_at: number;
    /** Since when it waits to be sent: a person who sends it again begins anew. */
    queued_at: number;
    next_attempt_at: number | null;
    sent_at: number | null;
  };

  /** What servers reported later of a mail that was sent. */
  delivery_reports: {
    outbox: string;
    /** The interaction of the mail that brought the report. */
    interaction: string;
    /** RFC 3464 section 2.3.3: delayed, failed, delivered, relayed, expanded. */
    action: string;
    reason: string;
    /** `token`: it brought back what only we can sign. `message-id`: it quotes our Message-ID. `hint`: it proves nothing, and changed nothing. */
    proof: 'token' | 'message-id' | 'hint';
    reported_at: number;
  };

  flow_versions: {
    flow: string;
    version: number;
    document: string;
    /** SHA-256 of the document's canonical text: tells whether a file differs from what is published. */
    hash: string;
    author: string;
    message: string;
    published_at: number;
    git_commit: string | null;
  };

  /** Mails that went a certain way through a version of a flow, in a span of time that begins with `since`. */
  traffic: {
    flow: string;
    version: number;
    since: number;
    /** Empty for the flow itself, else the id of the task that the action stands in. */
    sheet: string;
    action: string;
    /** The outcome taken; or, with characters that no outcome has: `(reached)`, whatever came of it, or `(failed)`. */
    outcome: string;
    mails: number;
  };

  drafts: {
    flow: string;
    user: string;
    document: string;
    base_version: number | null;
    revision: number;
    updated_at: number;
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

  /** How many rows of the ledger are in each state; kept by triggers of the database. */
  ledger_counts: { state: LedgerState; mails: number };

  /** Mails accepted in the ten minutes from `since`; kept by a trigger. */
  mailbox_spans: { mailbox: string; since: number; mails: number };

  /** UNIQUE (key) while it is open. */
  alarms: {
    id: string;
    key: string;
    kind: AlarmKind;
    mailbox: string | null;
    message: string;
    raised_at: number;
    acknowledged_at: number | null;
    acknowledged_by: string | null;
    cleared_at: number | null;
  };

  /** What the webhook is to be told; `body` is JSON. */
  alarm_messages: {
    id: string;
    body: string;
    state: 'waiting' | 'sent' | 'failed';
    attempts: number;
    created_at: number;
    next_attempt_at: number;
    error: string;
  };

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

  /** `hash` is SHA-256 of the cookie's token: a stolen database opens no session. */
  sessions: { hash: string; user: string; created_at: number; expires_at: number };
}
