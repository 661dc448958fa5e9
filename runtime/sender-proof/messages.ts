import type { Authentication } from '../../schemas/email.ts';
import type { MailFacts } from './facts.ts';

/** Given to the thread when it starts. */
export interface ProofSettings {
  /** What runtime/thread.js loads. */
  entry: string;
  dnsServers: readonly string[];
  /** For one mail, ms. */
  timeMs: number;
}

export interface ProofRequest {
  id: number;
  bytes: Uint8Array;
  facts: MailFacts;
}

/** Null once the thread has begun: from then on its time counts. */
export type ProofReply = { id: number; authentication: Authentication } | null;
