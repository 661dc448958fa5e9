import { request } from 'node:http';
import type { Answer } from './answer.ts';
import type { ResponseCheck } from './response-check.ts';

interface CallOptions {
  /** Sent as JSON; text and bytes as they are. */
  body?: unknown;
  /** Null leaves out one that the client would send by itself. */
  headers?: Readonly<Record<string, string | null>>;
}

/** Talks to the server as one browser (with its cookie) or one script (with its token). */
export interface HttpClient {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The session cookie as `name=value`; empty before the login. */
  cookie: string;
}

/** node:http rather than fetch, which sets Host, Origin and Sec-Fetch-Site itself: they are what is under test. */
export function createClient(url: string, check: ResponseCheck, { token }: { token?: string } = {}): HttpClient {
  const client: HttpClient = {
    cookie: '',
    async call(method, path, options = {}) {
      const { body } = options;
      const isRaw = typeof body === 'string' || body instanceof Uint8Array;
      const wanted: Record<string, string | null> = {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(client.cookie === '' ? {} : { cookie: client.cookie }),
        // What a browser says of a call from the server's own page.
        ...(token === undefined ? { 'sec-fetch-site': 'same-origin' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      };
      const headers = Object.fromEntries(
        Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== null),
      );
      const answer = await send(url, path, method, headers, isRaw ? body : JSON.stringify(body));
      const set = answer.headers['set-cookie'];
      if (set !== undefined) client.cookie = (set.split(';')[0] ?? '').replace(/^\w+=$/, '');
      check(method, path, answer);
      return answer;
    },
    get: (path) => client.call('GET', path),
    post: (path, body) => client.call('POST', path, { body }),
    put: (path, body) => client.call('PUT', path, { body }),
    patch: (path, body) => client.call('PATCH', path, { body }),
    delete: (path) => client.call('DELETE', path),
  };
  return client;
}

function send(
  url: string,
  path: string,
  method: string,
  headers: Record<string, string>,
  body: string | Uint8Array | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    // The path as it is: URL would tidy up the very paths that an attacker sends.
    const target = { hostname, port, path, method, headers: withLength(headers, body), agent: false };
    const outgoing = request(target, (response) => {
      const chunks: Buffer[] = [];
      const finish = () => resolve(answerOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks)));
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', finish);
      response.on('error', reject);
      // A stream has no end: that it began is the answer.
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        finish();
        response.off('error', reject).on('error', () => {});
        outgoing.destroy();
      }
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function withLength(headers: Record<string, string>, body: string | Uint8Array | undefined) {
  if (body === undefined || 'content-length' in headers) return headers;
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

function answerOf(status: number, headers: NodeJS.Dict<string | string[]>, bytes: Buffer): Answer {
  const text = bytes.toString();
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const isJson = /^application\/(problem\+)?json/.test(plain['content-type'] ?? '') && text !== '';
  return { status, headers: plain, text, json: isJson ? JSON.parse(text) : undefined };
}
