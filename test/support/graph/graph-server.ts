import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Account,
  addFolder,
  addMessage,
  createAccount,
  type Folder,
  folderOf,
  type StoredMessage,
} from './accounts.ts';
import { createDelta, type DeltaMoods } from './delta.ts';
import { type GraphAnswer, GraphError, throttled } from './graph-answer.ts';
import { createNotifier, type Notifier } from './notifier.ts';
import { answer, type GraphRequest } from './routes.ts';
import { maxRequestBytes } from './send-mail.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { admit, type Claims, type TokenCheck, writeToken } from './tokens.ts';

/** What a test lets the emulator do in place of its answer; undefined lets it answer properly. */
type Interception = GraphError | GraphAnswer | 'hang' | 'drop' | undefined;

export interface GraphServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  readonly accounts: Map<string, Account>;
  readonly subscriptions: Subscriptions;
  readonly notifier: Notifier;
  readonly moods: DeltaMoods;
  /** `METHOD /path?query` of all that came, decoded. */
  readonly requests: string[];
  /** How often somebody had more than four requests under way for one mailbox. */
  readonly overruns: number;
  /** Asked before each answer; may also wait. */
  intercept: (request: Pick<GraphRequest, 'method' | 'url'>) => Interception | Promise<Interception>;
  now(): number;
  /** Moves the emulator's clock. */
  advance(ms: number): void;
  addUser(user: string): Account;
  /** In the folder `parent`, or at the top. */
  addFolder(user: string, name: string, parent?: Folder): Folder;
  deliver(user: string, mime: string | Uint8Array, folder?: string, receivedAt?: number): StoredMessage;
  /** A token of an application with all that a mailbox needs; any claim can be another. */
  token(claims?: Partial<Claims>): string;
  forgetDelta(location?: boolean): void;
  /** No connection is open and none is taken, until `restart`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Takes requests and answers none, until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Requests of one mailbox that Graph serves at the same time. */
const concurrency = 4;

/**
 * A strict Microsoft Graph for mail: it keeps mailboxes, checks tokens, and refuses what Graph is known to refuse, with its bodies
 * and codes. Times go by its own clock.
 */
export async function startGraph(
  options: { introspect?: TokenCheck['introspect']; audience?: string; longestMinutes?: number } = {},
): Promise<GraphServer> {
  let offset = 0;
  let frozen = false;
  let overruns = 0;
  let port = 0;
  let server: Server | undefined;
  const now = () => Date.now() + offset;
  const audience = options.audience ?? 'https://graph.microsoft.com';
  const accounts = new Map<string, Account>();
  const delta = createDelta();
  const subscriptions = createSubscriptions({
    now,
    handshakeMs: 10_000,
    ...(options.longestMinutes && { longestMinutes: options.longestMinutes }),
  });
  const notifier = createNotifier({ subscriptions, now, retryMs: 50 });
  const underWay = new Map<string, number>();
  const hanging = new Set<ServerResponse>();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', graph.url);
    const method = request.method ?? 'GET';
    graph.requests.push(decodeURIComponent(`${method} ${url.pathname}${url.search}`.replaceAll('+', ' ')));
    const headers = { 'request-id': randomUUID(), 'client-request-id': String(request.headers['client-request-id']) };
    const user = url.pathname.split('/')[3] ?? '';
    const count = (underWay.get(user) ?? 0) + 1;
    underWay.set(user, count);
    try {
      const wish = await graph.intercept({ method, url });
      if (wish === 'drop') return void request.socket.destroy();
      if (wish === 'hang' || frozen) return void hanging.add(response);
      if (wish instanceof GraphError) throw wish;
      if (count > concurrency) {
        overruns += 1;
        throw throttled(1);
      }
      const body = await readBody(request);
      const check = { audience, now, ...(options.introspect && { introspect: options.introspect }) };
      const claims = await admit(request.headers.authorization, check);
      const flat = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const given =
        wish ?? (await answer({ accounts, delta, subscriptions, now }, { method, url, headers: flat, body, claims }));
      write(response, { ...given, headers: { ...headers, ...given.headers } });
    } catch (thrown) {
      const error = thrown instanceof GraphError ? thrown : new GraphError(500, 'InternalServerError', String(thrown));
      const innerError = { date: new Date(now()).toISOString(), ...headers };
      const body = { error: { code: error.code, message: error.message, innerError } };
      write(response, { status: error.status, body, headers: { ...headers, ...error.headers } });
    } finally {
      underWay.set(user, (underWay.get(user) ?? 1) - 1);
    }
  }

  function write(response: ServerResponse, { status, body, headers = {} }: GraphAnswer): void {
    const isBytes = body instanceof Uint8Array || typeof body === 'string';
    response.writeHead(status, {
      date: new Date(now()).toUTCString(),
      ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...headers,
    });
    response.end(body === undefined || isBytes ? body : JSON.stringify(body));
  }

  async function listen(): Promise<void> {
    const fresh = createServer((request, response) => void respond(request, response));
    await new Promise<void>((resolve, reject) => {
      fresh.once('error', reject);
      fresh.listen(port, '127.0.0.1', resolve);
    });
    // A listening TCP server's address is never a string or null.
    port = (fresh.address() as AddressInfo).port;
    server = fresh;
  }

  async function close(): Promise<void> {
    const closing = server;
    server = undefined;
    closing?.closeAllConnections();
    await new Promise((resolve) => (closing ? closing.close(resolve) : resolve(undefined)));
  }

  const graph: GraphServer = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    accounts,
    subscriptions,
    notifier,
    moods: delta.moods,
    requests: [],
    get overruns() {
      return overruns;
    },
    intercept: () => undefined,
    now,
    advance(ms) {
      offset += ms;
    },
    addUser(user) {
      const account = createAccount(user.toLowerCase());
      account.onCreated = (folder, message) => notifier.created(account, folder, message);
      accounts.set(account.user, account);
      return account;
    },
    addFolder: (user, name, parent) => addFolder(accounts.get(user) ?? graph.addUser(user), name, parent?.id),
    deliver(user, mime, folder = 'inbox', receivedAt = now()) {
      const account = accounts.get(user) ?? graph.addUser(user);
      return addMessage(account, folderOf(account, folder), Buffer.from(mime), receivedAt);
    },
    token: (claims = {}) =>
      writeToken({
        aud: audience,
        exp: Math.floor(now() / 1_000) + 3_600,
        ...(claims.scp === undefined && { roles: ['Mail.ReadWrite', 'Mail.Send'] }),
        ...claims,
      }),
    forgetDelta: delta.forget,
    kill: close,
    restart: listen,
    freeze() {
      frozen = true;
    },
    thaw() {
      frozen = false;
      for (const response of hanging) response.destroy();
      hanging.clear();
    },
    async stop() {
      notifier.stop();
      await close();
    },
  };
  await listen();
  return graph;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.byteLength;
    // Read to its end: a client that still sends would not see the answer.
    if (size <= maxRequestBytes) chunks.push(chunk);
  }
  if (size > maxRequestBytes) {
    throw new GraphError(413, 'ErrorMessageSizeExceeded', 'The maximum request length supported is 4MB.');
  }
  return Buffer.concat(chunks);
}
