import type { DoorResponse } from '../egress/door.ts';

/** Graph understood a call and refused it. */
export class GraphRefusal extends Error {
  readonly status: number;
  /** Graph's own code, such as ErrorItemNotFound; empty where the answer was none of Graph's. */
  readonly code: string;
  /** What Graph said, printable and short. */
  readonly said: string;
  /** Names the call in Microsoft's logs. */
  readonly requestId: string;
  /** Milliseconds; undefined where Graph does not say. */
  readonly retryAfterMs: number | undefined;
  /** Where to begin anew, for a delta query that has ended. */
  readonly location: string | undefined;

  constructor({ status, headers, body }: Pick<DoorResponse, 'status' | 'headers' | 'body'>, now: number) {
    const { code, message } = errorIn(body);
    super(message || `status ${status}`);
    this.status = status;
    this.code = code;
    this.said = oneLine(message || `status ${status}`);
    this.requestId = (headers['request-id'] ?? '').slice(0, 100);
    this.retryAfterMs = retryAfter(headers['retry-after'], now);
    this.location = headers.location;
  }
}

/** `innererror` may hold the only useful code, but nobody should depend on it. */
function errorIn(body: Uint8Array): { code: string; message: string } {
  try {
    const { error } = Object(JSON.parse(new TextDecoder().decode(body)));
    const { code, message } = Object(error);
    return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
  } catch {
    // A proxy's page, or nothing.
    return { code: '', message: '' };
  }
}

/** Seconds, or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
