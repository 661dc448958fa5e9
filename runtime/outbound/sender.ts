/** A mail to send, complete: the sender adds nothing but the wire. */
export interface OutgoingMail {
  envelope: { from: string; to: string[] };
  /** RFC 5322 bytes with their Message-ID. */
  raw: Uint8Array;
}

/**
 * What became of one attempt.
 * `uncertain`: the connection broke after the final dot and before the answer, so the server may or may not have taken it.
 * `unavailable`: the way out as a whole does not work (no connection, password refused); says nothing about this mail.
 */
export type SendResult =
  | { state: 'sent'; response: string }
  | { state: 'retry'; reason: string }
  | { state: 'failed'; reason: string }
  | { state: 'uncertain'; reason: string }
  | { state: 'unavailable'; reason: string };

/** One way out. Never throws for what a server did; the result says it. */
export interface Sender {
  readonly kind: 'smtp' | 'capture';
  /** After an abort it resolves at once, with `uncertain` if the mail may have gone. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<SendResult>;
  close(): Promise<void>;
}
