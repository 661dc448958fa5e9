import { type Agent, errors, request } from 'undici';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { DoorOptions, DoorRequest, DoorResponse, HttpDoor } from './door.ts';
import { createGuardedAgent } from './guarded-agent.ts';

/** What stands behind `createHttpDoor`. */
export function createGuardedDoor(options: DoorOptions): HttpDoor {
  let current: { allow: readonly string[]; agent: Agent } | null = null;

  /** Another list means other connections: one that was allowed before must not be used on. */
  function agentFor(allow: readonly string[]): Agent {
    if (current !== null && JSON.stringify(current.allow) === JSON.stringify(allow)) return current.agent;
    void current?.agent.close();
    current = { allow: [...allow], agent: createGuardedAgent(allow, options.ca) };
    return current.agent;
  }

  return async (call) => {
    const url = checkedUrl(call.url);
    const deadline = AbortSignal.timeout(call.timeoutMs);
    try {
      return await perform(call, url, agentFor(options.allow()), deadline);
    } catch (thrown) {
      if (call.signal?.aborted) throw coerceError(call.signal.reason);
      throw translated(thrown, url, call, deadline);
    }
  };
}

async function perform(call: DoorRequest, url: URL, dispatcher: Agent, deadline: AbortSignal): Promise<DoorResponse> {
  const response = await request(url, {
    dispatcher,
    // Any method that a flow may name; undici checks it for being a token.
    method: call.method as 'GET',
    headers: { ...call.headers, 'accept-encoding': 'identity' },
    ...(call.body === undefined ? {} : { body: call.body }),
    signal: call.signal ? AbortSignal.any([call.signal, deadline]) : deadline,
    // Where no silence is limited the deadline covers all phases; undici's own timers would only blur which one it was.
    headersTimeout: call.quietMs ?? 0,
    bodyTimeout: call.quietMs ?? 0,
  });
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const { body, isCut } = await readUpTo(response.body, call);
  return { status: response.statusCode, headers, body, isCut };
}

async function readUpTo(
  body: AsyncIterable<Uint8Array> & { destroy(): void },
  { maxResponseBytes: limit, cutsOff }: DoorRequest,
): Promise<Pick<DoorResponse, 'body' | 'isCut'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size <= limit) continue;
    body.destroy();
    if (cutsOff) return { body: Buffer.concat(chunks).subarray(0, limit), isCut: true };
    throw new OperationalError('response-too-large', `The answer is larger than ${limit} bytes.`, { data: { limit } });
  }
  return { body: Buffer.concat(chunks), isCut: false };
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw refusedUrl('This is not a whole URL, such as https://host/path.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusedUrl('Only http and https are allowed.');
  // Credentials in a URL end up in logs and traces, and make one host look like another.
  if (url.username !== '' || url.password !== '') {
    throw refusedUrl('A URL must not carry a user name or password. Use an Authorization header.');
  }
  return url;
}

function refusedUrl(message: string): UserError {
  return new UserError('address-refused', message);
}

function translated(thrown: unknown, url: URL, call: DoorRequest, deadline: AbortSignal): Error {
  const error = coerceError(thrown);
  if (error instanceof UserError || error instanceof OperationalError) return error;
  const data = { host: url.host };
  const isQuiet = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  if (deadline.aborted || isQuiet) {
    const words = `${url.host} did not answer within ${isQuiet ? call.quietMs : call.timeoutMs} ms.`;
    return new OperationalError('http-timeout', words, { cause: error, data });
  }
  return new OperationalError('http-failed', `${url.host} gave no answer: ${causeOf(error)}.`, { cause: error, data });
}

/** What a person can do something about, by what Node calls it. */
const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no server is known by that name, so check the spelling of the address',
  EAI_AGAIN: 'the name service (DNS) does not answer',
  ECONNREFUSED: 'it refuses connections, so check the port and whether the server runs',
  ECONNRESET: 'the connection was lost',
  EHOSTUNREACH: 'there is no way through the network to it',
  ENETUNREACH: 'there is no way through the network to it',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is made for another name',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not trusted here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not trusted here',
};

/** Where several addresses failed, Node wraps their errors without a message of its own. */
function causeOf(error: Error): string {
  const all = error instanceof AggregateError ? error.errors.map(coerceError) : [error];
  const words = all.map((each) => {
    const { code = '' } = each as NodeJS.ErrnoException;
    return Object.hasOwn(causes, code) ? causes[code] : each.message;
  });
  return [...new Set(words)].join('; ');
}
