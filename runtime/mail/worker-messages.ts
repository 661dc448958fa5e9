import { type SentError, sendError } from '../../schemas/sent-error.ts';
import type { MailLimits } from './limits.ts';
import type { MailContext } from './mail-context.ts';
import type { MailPart, PartWish } from './mail-parts.ts';

/** Given to a worker when it starts. */
export interface WorkerSettings {
  /** What runtime/thread.js loads. */
  entry: string;
  limits: MailLimits;
}

/** What is wanted of a mail: all of it as an email, or parts of it with their content. */
export type MailTask = { context: MailContext } | { parts: PartWish };

/** Several small mails in one message: a message costs about as much as a third of a small parse. */
export interface BatchRequest {
  id: number;
  mails: { bytes: Uint8Array; task: MailTask }[];
}

export interface BatchReply {
  id: number;
  /** In the order of the request. */
  results: MailReply[];
}

/** The email travels as its JSON: it is stored as that, and reading it costs no more than a structured clone. */
export type MailResult = { json: string } | { parts: MailPart[] };
export type MailReply = MailResult | { error: SentError };

export function replyWithError(thrown: unknown): MailReply {
  return { error: sendError(thrown, 'parser-bug') };
}
