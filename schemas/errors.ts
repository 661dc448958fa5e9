/**
 * Errors are for running; what is wrong with a document is an issue (see issue.ts).
 * The class answers whose fault it is and whether trying again can help; the HTTP status follows from it.
 */
export interface ErrorOptionsWithData extends ErrorOptions {
  /** Facts that help a person act: host, mailbox, limit. Never secrets: it is logged and shown. */
  data?: Record<string, unknown>;
}

abstract class SluiceError extends Error {
  /** Stable, kebab-case, never reworded: scripts match on it. */
  readonly code: string;
  readonly data: Record<string, unknown>;

  constructor(code: string, message: string, options: ErrorOptionsWithData = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.data = options.data ?? {};
  }
}

/** The caller's fault: retrying the same call cannot help. HTTP 4xx, exit code 2. */
export class UserError extends SluiceError {
  /** HTTP status between 400 and 499. */
  readonly status: number;

  constructor(code: string, message: string, options: ErrorOptionsWithData & { status?: number } = {}) {
    super(code, message, options);
    this.status = options.status ?? 400;
  }
}

/** The outside world's fault (server away, disk full, timeout): the same call may succeed later. HTTP 503. */
export class OperationalError extends SluiceError {}

/** Our own fault: logged with its stack. HTTP 500. */
export class UnexpectedError extends SluiceError {}

/** Anything caught, as an Error: libraries throw strings and plain objects too. */
export function coerceError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new UnexpectedError('not-an-error', String(thrown), { cause: thrown });
}
