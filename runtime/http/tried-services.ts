import type { Exchange, HandAnswer, TryBody } from '../../schemas/api/try.ts';
import { coerceError, OperationalError } from '../../schemas/errors.ts';
import { keyOfAction } from '../../schemas/sheet.ts';
import type { HttpPort, HttpRequest, HttpResponse } from '../engine/ports.ts';

/** A flow that goes round could make thousands of calls; what is shown of them stays small. */
const maxExchanges = 200;
const maxKeptCharacters = 8_000_000;

export interface TriedServices {
  http: HttpPort;
  /** What was asked and answered so far, in order. */
  exchanges: Exchange[];
}

/**
 * The services that a trial talks to: by hand where the person said so, the same as before where the same was asked before, and
 * only then the service itself, unless calls are off.
 */
export function createTriedServices(
  call: HttpPort,
  { answers = [], recorded = [], calls = true }: Pick<TryBody, 'answers' | 'recorded' | 'calls'>,
  by: 'service' | 'record' = 'service',
): TriedServices {
  const exchanges: Exchange[] = [];
  const byHand = new Map(answers.map((answer) => [keyOfAction(answer), answer]));
  const earlier = new Map(
    recorded.filter(({ by }) => by !== 'hand' && by !== 'nobody').map((each) => [keyOf(each), each]),
  );
  let kept = 0;

  function note(exchange: Exchange): void {
    kept += (exchange.response?.length ?? 0) + (exchange.body?.length ?? 0);
    if (exchanges.length < maxExchanges && kept <= maxKeptCharacters) exchanges.push(exchange);
  }

  async function answered(request: HttpRequest, by: Exchange['by'], answer: () => Promise<HttpResponse>) {
    const asked = askedOf(request);
    try {
      const response = await answer();
      note({ ...asked, by, status: response.status, response: response.body });
      return response;
    } catch (thrown) {
      const fails = isTimeout(thrown) ? 'timeout' : 'unreachable';
      note({ ...asked, by, fails, error: coerceError(thrown).message });
      throw thrown;
    }
  }

  return {
    exchanges,
    http(request) {
      const hand = request.from === undefined ? undefined : byHand.get(keyOfAction(request.from));
      if (hand !== undefined) return answered(request, 'hand', () => responseOf(hand, request));
      const same = earlier.get(keyOf(askedOf(request)));
      if (same !== undefined) return answered(request, 'record', () => repeated(same));
      if (calls) return answered(request, by, () => call(request));
      return answered(request, 'nobody', async () => {
        throw new OperationalError('http-failed', 'No service was called: answer by hand, or allow the call.');
      });
    },
  };
}

type Asked = Pick<Exchange, 'action' | 'task' | 'flow' | 'method' | 'url' | 'body'>;

function askedOf({ from = { action: '' }, method, url, body }: HttpRequest): Asked {
  return { ...from, method, url, ...(body === undefined ? {} : { body }) };
}

function keyOf(asked: Asked): string {
  return JSON.stringify([keyOfAction(asked), asked.method, asked.url, asked.body ?? null]);
}

async function responseOf(answer: HandAnswer, { timeoutMs }: HttpRequest): Promise<HttpResponse> {
  if ('fails' in answer) throw failure(answer.fails, `no answer within ${timeoutMs} ms, as you said`);
  return jsonResponse(answer.status, JSON.stringify(answer.body ?? null));
}

async function repeated({ status, response, fails, error }: Exchange): Promise<HttpResponse> {
  if (status === undefined) throw failure(fails ?? 'unreachable', error ?? 'no answer');
  return jsonResponse(status, response ?? '');
}

function jsonResponse(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body };
}

function failure(fails: 'timeout' | 'unreachable', words: string): OperationalError {
  return new OperationalError(fails === 'timeout' ? 'http-timeout' : 'http-failed', words);
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof OperationalError && thrown.code === 'http-timeout';
}
