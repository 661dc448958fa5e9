import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { createEwsStore, type EwsStore } from './ews-store.ts';
import { busyFault, busyMessage, performEws } from './operations.ts';

export interface EwsServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  password: string;
  readonly address: string;
  readonly store: EwsStore;
  /** Names of the operations performed, in order. */
  readonly calls: string[];
  /** Headers of the last call. */
  lastHeaders: IncomingMessage['headers'];
  lastBody: string;
  /** Sync states given before now are no longer known. */
  forgetSyncStates(): void;
  /** The next calls are turned away: as a SOAP fault under HTTP 500, or in a response message under HTTP 200. */
  throttle(times: number, ms: number, form: 'fault' | 'message'): void;
  /** What of a page of changes is told a second time on the next one. */
  repeatsChanges: boolean;
  /** Changes told at a time, at most; Exchange itself stops at 512. */
  pageSize: number;
  /** False: changing items is refused. */
  mayWrite: boolean;
  /** WWW-Authenticate of a refused login. */
  challenge: string;
  /** Which tokens are good; none, where it is not said. */
  acceptsToken: (token: string) => boolean | Promise<boolean>;
  /** Calls hang until it thaws. */
  freeze(): void;
  thaw(): void;
  /** Connections drop and the port refuses, until it is started again. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Logins refused so far. */
  refusals: number;
  stop(): Promise<void>;
}

/**
 * Exchange Web Services as an Exchange 2016 on premises speaks them, as far as a mailbox needs them, and as strictly: what it does not
 * know it refuses as Exchange does, rather than guess.
 */
export async function startEwsServer(): Promise<EwsServer> {
  const sockets = new Set<Socket>();
  let frozen: Promise<void> | undefined;
  let thaw = () => {};
  let turnedAway = { times: 0, ms: 0, form: 'fault' };
  let generation = 0;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => ['t:ItemId', 't:ItemChange', 't:FieldURI'].includes(name),
  });

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    await frozen;
    const send = (status: number, content: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', ...headers }).end(content);
    if (request.method !== 'POST' || request.url !== '/EWS/Exchange.asmx') return void send(404, 'not here');
    const basic = `Basic ${Buffer.from(`${ews.user}:${ews.password}`).toString('base64')}`;
    const { authorization = '' } = request.headers;
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1];
    if (authorization !== basic && (token === undefined || !(await ews.acceptsToken(token)))) {
      ews.refusals += 1;
      return void send(401, '', { 'www-authenticate': ews.challenge });
    }
    const body = Buffer.concat(chunks).toString('utf8');
    ews.lastHeaders = request.headers;
    ews.lastBody = body;
    const isProper =
      /^text\/xml; charset=utf-8$/i.test(request.headers['content-type'] ?? '') &&
      XMLValidator.validate(body) === true &&
      request.headers['x-anchormailbox'] === ews.address;
    const envelope = isProper ? parser.parse(body)['s:Envelope'] : undefined;
    const operation = Object.keys(envelope?.['s:Body'] ?? {})[0] ?? '';
    if (!operation.startsWith('m:') || !envelope['s:Header']?.['t:RequestServerVersion']?.['@Version']) {
      return void send(500, fault('ErrorSchemaValidation', 'The request failed schema validation.'));
    }
    ews.calls.push(operation.slice(2));
    if (turnedAway.times > 0) {
      turnedAway.times -= 1;
      if (turnedAway.form === 'fault') return void send(500, busyFault(turnedAway.ms));
      return void send(200, busyMessage(operation.slice(2), turnedAway.ms));
    }
    const { status, content } = performEws(operation.slice(2), envelope['s:Body'][operation], ews, generation);
    send(status, content);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ews: EwsServer = {
    host: '127.0.0.1',
    // A listening TCP server's address is never a string or null.
    port: (server.address() as AddressInfo).port,
    user: 'support@example.test',
    password: 'secret',
    address: 'support@example.test',
    store: createEwsStore(),
    calls: [],
    lastHeaders: {},
    lastBody: '',
    forgetSyncStates() {
      generation += 1;
    },
    throttle(times, ms, form) {
      turnedAway = { times, ms, form };
    },
    repeatsChanges: false,
    pageSize: 512,
    mayWrite: true,
    challenge: 'Basic realm="exchange"',
    acceptsToken: () => false,
    freeze() {
      frozen = new Promise((resolve) => {
        thaw = resolve;
      });
    },
    thaw() {
      frozen = undefined;
      thaw();
    },
    refusals: 0,
    async kill() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    async restart() {
      await new Promise<void>((resolve) => server.listen(ews.port, '127.0.0.1', resolve));
    },
    async stop() {
      thaw();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return ews;
}

function fault(code: string, message: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>a:${code}</faultcode><faultstring>${message}</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode></detail></s:Fault></s:Body></s:Envelope>`;
}
