import type { Email } from '../../schemas/email.ts';
import { coerceError, OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';
import { emptyHeaders } from './headers.ts';
import type { MailLimits } from './limits.ts';
import type { MailContext } from './mail-context.ts';

/** Given to a worker when it starts. */
export interface WorkerSettings {
  limits: MailLimits;
}

/** Several small mails in one message: a message costs about as much as a third of a small parse. */
export interface BatchRequest {
  id: number;
  /** Where each mail lies in `bytes`. */
  mails: { start: number; end: number; context: MailContext }[];
  bytes: Uint8Array;
}

export interface BatchReply {
  id: number;
  /** In the order of the request. */
  results: MailReply[];
}

export type MailReply = { email: SentEmail } | { error: SentError };

/** Headers travel as pairs: a structured clone would give them back a prototype, and a header may be called `__proto__`. */
type SentEmail = Omit<Email, 'headers'> & { headers: [string, string[]][] };

interface SentError {
  kind: 'user' | 'operational' | 'unexpected';
  code: string;
  message: string;
  data: Record<string, unknown>;
  status?: number;
}

export function sendEmail(email: Email): MailReply {
  return { email: { ...email, headers: Object.entries(email.headers) } };
}

export function receiveEmail(sent: SentEmail): Email {
  const headers = emptyHeaders();
  for (const [name, values] of sent.headers) headers[name] = values;
  return { ...sent, headers };
}

export function sendError(thrown: unknown): MailReply {
  const error = coerceError(thrown);
  const { message } = error;
  if (error instanceof UserError) {
    return { error: { kind: 'user', code: error.code, message, data: error.data, status: error.status } };
  }
  if (error instanceof OperationalError) {
    return { error: { kind: 'operational', code: error.code, message, data: error.data } };
  }
  return { error: { kind: 'unexpected', code: 'parser-bug', message: error.stack ?? message, data: {} } };
}

export function receiveError({ kind, code, message, data, status }: SentError): Error {
  if (kind === 'user') return new UserError(code, message, { data, ...(status === undefined ? {} : { status }) });
  if (kind === 'operational') return new OperationalError(code, message, { data });
  return new UnexpectedError(code, message, { data });
}
