import { coerceError, OperationalError, UnexpectedError, UserError } from './errors.ts';

/** An error as it travels between threads, where a class would not survive. */
export interface SentError {
  kind: 'user' | 'operational' | 'unexpected';
  code: string;
  message: string;
  data: Record<string, unknown>;
  status?: number;
}

/** @param unexpectedCode names a fault of our own that has no code. */
export function sendError(thrown: unknown, unexpectedCode: string): SentError {
  const error = coerceError(thrown);
  const { message } = error;
  if (error instanceof UserError) {
    return { kind: 'user', code: error.code, message, data: error.data, status: error.status };
  }
  if (error instanceof OperationalError) return { kind: 'operational', code: error.code, message, data: error.data };
  return { kind: 'unexpected', code: unexpectedCode, message: error.stack ?? message, data: {} };
}

export function receiveError({ kind, code, message, data, status }: SentError): Error {
  if (kind === 'user') return new UserError(code, message, { data, ...(status === undefined ? {} : { status }) });
  if (kind === 'operational') return new OperationalError(code, message, { data });
  return new UnexpectedError(code, message, { data });
}
