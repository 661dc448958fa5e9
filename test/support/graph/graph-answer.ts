/** What the emulator answers: JSON, bytes as they are, or nothing. */
export interface GraphAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A refusal in the form that Graph documents. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const itemNotFound = () =>
  new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
export const accessDenied = () =>
  new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
/** 429 with its Retry-After in seconds; null leaves the header out. */
export const throttled = (seconds: number | null) =>
  new GraphError(
    429,
    'ApplicationThrottled',
    'Application is over its MailboxConcurrency limit.',
    seconds === null ? {} : { 'retry-after': String(seconds) },
  );
export const unavailable = () => new GraphError(503, 'serviceNotAvailable', 'The service is not available.');
