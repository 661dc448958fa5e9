import type { Generated } from 'kysely';
import type { OutboxState } from '../../../schemas/interaction.ts';

/** What leaves: the outbox, what servers reported of it, and what people write. */
export interface OutgoingTables {
  outbox: {
    id: string;
    interaction: string;
    /** The action (or the reply of a person) that asked, and how often it had asked before in that run: with the interaction UNIQUE, so a repeated settle sends nothing twice. */
    action: string;
    ordinal: number;
    /** A `reply` was written by a person, a `copy` is what a route has sent to others besides: neither counts in a budget. */
    kind: 'auto-response' | 'reply' | 'copy';
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
    /** JSON of a Removal: text and bytes are not here any more. */
    removed: string | null;
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

  /** Answers that people wrote; the mails that they became stand in the outbox, under the reply's id as their action. */
  replies: {
    /** ULID. */
    id: string;
    interaction: string;
    /** Id of the user or token. */
    who: string;
    who_name: string;
    /** Chosen by the caller. UNIQUE (who, key): what is asked twice is sent once. */
    key: string;
    from_address: string;
    /** Id of the from address that was chosen; null for the route's own. */
    from_chosen: string | null;
    /** JSON list of addresses. */
    to_addresses: string;
    cc_addresses: string;
    subject: string;
    /** As it was written: without signature and quoted mail. */
    text: string;
    /** 1: the mail stands below it. */
    quoted: number;
    created_at: number;
    /** Until then it waits in the outbox, and can be taken back. */
    held_until: number;
    /** JSON list of ReplyFile. */
    files: Generated<string>;
    /** 1: the mail was finished with it. */
    finished: number;
    taken_back_at: number | null;
  };

  /** What somebody has begun to write to a mail; JSON of a ReplyDraftBody. */
  reply_drafts: { interaction: string; who: string; draft: string; saved_at: number };

  /** Files that people attach to an answer; `reply` names the one that they left with, null while it is a draft. */
  reply_files: {
    id: string;
    interaction: string;
    who: string;
    reply: string | null;
    name: string;
    type: string;
    size: number;
    created_at: number;
    bytes: Uint8Array;
  };
}
