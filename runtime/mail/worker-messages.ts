import { type SentError, sendError } from '../../schemas/sent-error.ts';
import type { MailLimits } from './limits.ts';
import type { MailContext } from './mail-context.ts';

/** Given to a worker when it starts. */
export interface WorkerSettings {
  /** What runtime/thread.js loads. */
  entry: string;
  limits: MailLimits;
}

/** Several small mails in one message: a message costs about as much as a third of a small parse. */
export interface BatchRequest {
  id: number;
  mails: { bytes: Uint8Array; context: MailContext }[];
}

export interface BatchReply {
  id: number;
  /** In the order of the request. */
  results: MailReply[];
}

/** The email travels as its JSON: it is stored as that, and reading it costs no more than a structured clone. */
export type MailReply = { json: string } | { error: SentError };

export function replyWithError(thrown: unknown): MailReply {
  return { error: sendError(thrown, 'parser-bug') };
}
