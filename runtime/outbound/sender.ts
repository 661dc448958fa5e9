/** A mail to send, complete: the sender adds nothing but the wire. */
export interface OutgoingMail {
  /** One recipient: what a server says of one concerns no other, and an envelope sender can tell them apart. */
  envelope: {
    /** Empty is the null sender. */
    from: string;
    to: string;
    /** Comes back in delivery reports of servers that speak DSN (RFC 3461). */
    id: string;
  };
  /** RFC 5322 bytes with their Message-ID. */
  raw: Uint8Array;
}

/**
 * What became of one attempt.
 * `uncertain`: the connection broke after the final dot and before the answer, so the server may or may not have taken it.
 * `unavailable`: the way out as a whole does not work; says nothing about this mail.
 */
export type SendResult =
  | { state: 'sent'; response: string }
  /** `isSlowDown`: the server as a whole asks for patience. */
  | { state: 'retry'; reason: string; isSlowDown?: boolean }
  /** `isSenderRefused`: it is the envelope sender that the server does not take. */
  | { state: 'failed'; reason: string; isSenderRefused?: boolean }
  | { state: 'uncertain'; reason: string }
  /** `isLogin`: somebody has to mend the credentials, trying often only locks the account. */
  | { state: 'unavailable'; reason: string; isLogin?: boolean };

/** One way out. Never throws for what a server did; the result says it. */
export interface Sender {
  /** After an abort it resolves at once, with `uncertain` if the mail may have gone. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<SendResult>;
  close(): Promise<void>;
}
