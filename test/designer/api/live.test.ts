import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QueryClient } from '@tanstack/react-query';
import { EventSource } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLive, type Live, type Tab } from '../../../designer/api/live.ts';
import { until } from '../../support/until.ts';

let server: Server;
let streams: ServerResponse[];
let status: number;
let live: Live;
let client: QueryClient;
let tab: Tab & { hidden: boolean };

beforeEach(async () => {
  streams = [];
  status = 200;
  client = new QueryClient();
  tab = Object.assign(new EventTarget(), { hidden: false });
  server = createServer((_request, response) => {
    if (status !== 200) return void response.writeHead(status).end();
    streams.push(response);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 20\n\n');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  live.close();
  client.clear();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

test('an event marks the queries of its topic as stale, and no others', async () => {
  live = createLive(client, open, tab);
  client.setQueryData(['queues', 'list'], 1);
  client.setQueryData(['flows', 'list'], 1);
  await until('the stream is open', () => live.state() === 'live');

  streams[0]?.write('event: change\ndata: {"topic":"queues"}\n\nevent: change\ndata: not JSON\n\n');

  await until('the queues are stale', () => isStale(['queues', 'list']));
  expect(isStale(['flows', 'list'])).toBe(false);
});

test('a lost connection is said, and what was missed is fetched again', async () => {
  live = createLive(client, open, tab);
  const states: string[] = [];
  live.subscribe(() => states.push(live.state()));
  await until('the stream is open', () => live.state() === 'live');
  client.setQueryData(['outbox', 'list'], 1);

  streams[0]?.destroy();

  await until('all is stale', () => isStale(['outbox', 'list']));
  expect(states).toEqual(['live', 'reconnecting', 'live']);
});

test('a refusal is not the end: it is tried again', async () => {
  status = 503;
  live = createLive(client, open, tab);
  await until('the refusal is seen', () => live.state() === 'reconnecting');

  status = 200;

  await until('the stream is open', () => live.state() === 'live');
});

test('a hidden tab lets its connection go, and fetches what it missed once it is looked at', async () => {
  live = createLive(client, open, tab);
  await until('the stream is open', () => live.state() === 'live');
  client.setQueryData(['queues', 'list'], 1);

  show(false);
  await until('the connection is gone', () => streams[0]?.destroyed === true);
  expect(isStale(['queues', 'list'])).toBe(false);
  show(true);

  await until('all is stale', () => isStale(['queues', 'list']));
  expect([streams.length, live.state()]).toEqual([2, 'live']);
});

test('a tab that is opened in the background connects when it is looked at', async () => {
  tab.hidden = true;
  live = createLive(client, open, tab);
  expect(live.state()).toBe('connecting');

  show(true);

  await until('the stream is open', () => live.state() === 'live');
});

test('windows of one browser share a stream; the next one holds it when the first leaves', async () => {
  const other = new QueryClient();
  live = createLive(client, open, tab);
  await until('the stream is open', () => live.state() === 'live');
  other.setQueryData(['queues', 'list'], 1);
  const second = createLive(other, open, Object.assign(new EventTarget(), { hidden: false }));
  await until('the second is told that it is', () => second.state() === 'live');
  const isTold = () => other.getQueryState(['queues', 'list'])?.isInvalidated === true;
  // What changed while it was loading may have passed it by.
  await until('it fetches what it missed', isTold);
  other.setQueryData(['queues', 'list'], 2);
  streams[0]?.write('event: change\ndata: {"topic":"queues"}\n\n');
  await until('the second is told, too', isTold);
  const shared = streams.length;

  live.close();
  await until('the second holds a stream', () => streams.length === 2);
  other.setQueryData(['queues', 'list'], 3);
  streams[1]?.write('event: change\ndata: {"topic":"queues"}\n\n');
  await until('it is told by its own', isTold);

  expect(shared).toBe(1);
  second.close();
  other.clear();
});

function show(isShown: boolean): void {
  tab.hidden = !isShown;
  // The one of `EventTarget`, which the part of `document` that the code sees leaves out.
  (tab as unknown as EventTarget).dispatchEvent(new Event('visibilitychange'));
}

function open() {
  const { port } = server.address() as AddressInfo;
  // undici's is the browser's interface; only the names of its event types differ.
  return new EventSource(`http://127.0.0.1:${port}/api/events`) as unknown as globalThis.EventSource;
}

function isStale(key: readonly string[]): boolean {
  return client.getQueryState(key)?.isInvalidated === true;
}
