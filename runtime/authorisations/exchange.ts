import { coerceError, OperationalError } from '../../schemas/errors.ts';
import type { HttpPort, HttpResponse } from '../engine/ports.ts';
import { explainRefusal } from './explain-refusal.ts';

const usualTimeoutMs = 15_000;
const maxResponseBytes = 1_048_576;
/** A provider that names no pause, or one of hours, is asked again after so long. */
const longestPauseMs = 10 * 60_000;

interface Request {
  method: string;
  headers?: Record<string, string>;
  body?: string;
}

/** The way to one provider. Answers that a client library would misread are taken for what they are before it sees them. */
export interface Exchange {
  /** Resolves with JSON alone, of any status. Rejects with an error that says what to do. */
  call(url: string, request: Request): Promise<HttpResponse>;
  /** For openid-client. */
  fetch(url: string, request: Omit<Request, 'body'> & { body?: unknown }): Promise<Response>;
  /**
   * Runs a library's work. What went wrong on the way is thrown as it was, however the library wrapped it; `otherwise` is the library's own
   * error.
   */
  during<T>(work: () => Promise<T>): Promise<T>;
}

interface ExchangeOptions {
  /** What people call it, for the words. */
  provider: string;
  /** Where its addresses are set, for the words. */
  settings?: string;
  timeoutMs?: number | undefined;
}

export function createExchange(http: HttpPort, options: ExchangeOptions): Exchange {
  const { provider, settings = 'the authorisation', timeoutMs = usualTimeoutMs } = options;
  let failure: Error | undefined;

  async function answer(url: string, request: Request): Promise<HttpResponse> {
    const { method, headers = {}, body } = request;
    const response = await http({
      method,
      url,
      headers: { ...headers, accept: 'application/json' },
      ...(body === undefined ? {} : { body }),
      timeoutMs,
      maxResponseBytes,
    });
    const { host } = new URL(url);
    const { status } = response;
    const json = readObject(response.body);
    if (status === 429 || (status >= 500 && typeof json?.error !== 'string')) throw busy(host, response);
    if (json === null) {
      const words = `${host} answered ${status} with something that is not JSON. Check the addresses of ${settings}; if they are right, the provider is in trouble.`;
      throw new OperationalError('provider-bad-answer', words, { data: { host, status } });
    }
    if (status >= 400) throw explainRefusal(json, { provider, host, sent: body ?? '' });
    return response;
  }

  async function call(url: string, request: Request): Promise<HttpResponse> {
    try {
      return await answer(url, request);
    } catch (thrown) {
      failure = coerceError(thrown);
      throw failure;
    }
  }

  return {
    call,
    async fetch(url, { method, headers, body }) {
      const text = body === undefined || body === null ? undefined : String(body);
      const response = await call(url, {
        method,
        ...(headers && { headers }),
        ...(text !== undefined && { body: text }),
      });
      return new Response(response.body, { status: response.status, headers: response.headers });
    },
    async during(work) {
      failure = undefined;
      try {
        return await work();
      } catch (thrown) {
        if (failure !== undefined) throw failure;
        const { message, cause } = coerceError(thrown);
        const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
        const words = `What ${provider} answered could not be used: ${why.slice(0, 300)}. Check the addresses of ${settings}.`;
        throw new OperationalError('provider-bad-answer', words, { cause: thrown });
      }
    },
  };
}

function busy(host: string, { status, headers }: HttpResponse): OperationalError {
  const retryAfterMs = readRetryAfter(headers['retry-after']);
  const words = status === 429 ? 'asks to be called less often' : `is in trouble (it answered ${status})`;
  const when = retryAfterMs === undefined ? 'by itself' : `in ${Math.ceil(retryAfterMs / 1_000)} s`;
  return new OperationalError('provider-busy', `${host} ${words}. Sluice tries again ${when}.`, {
    data: { host, status, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  });
}

/** Seconds or a date (RFC 9110); nonsense counts as nothing said. */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestPauseMs);
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    // Whatever it holds: every field is looked at before it is used.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
