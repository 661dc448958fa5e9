import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ApiError, api, path } from '../../../designer/api/client.ts';

let server: Server;
let answer: { status: number; type: string; body: string };
let asked: { method: string | undefined; url: string | undefined; body: string };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked = { method: request.method, url: request.url, body };
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { fetch } = globalThis;
  // A page's addresses are relative to its own; Node has none.
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => fetch(new URL(url, base), init));
});
afterEach(() => {
  answer = { status: 200, type: 'application/json', body: '{}' };
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});

test('sends the body as JSON and the query without what is empty', async () => {
  answer = { status: 200, type: 'application/json', body: '{"items":[]}' };

  const page = await api.get('/api/interactions', {
    query: { state: 'queued', search: '', queue: undefined, limit: 50 },
  });
  const getUrl = asked.url;
  await api.post('/api/queues', { id: 'vip' });

  expect(page).toEqual({ items: [] });
  expect(getUrl).toBe('/api/interactions?state=queued&limit=50');
  expect(asked).toEqual({ method: 'POST', url: '/api/queues', body: '{"id":"vip"}' });
});

test('a problem becomes an ApiError with its code, words and issues', async () => {
  const issue = { code: 'unknown-queue', severity: 'error', path: '/actions/a', message: 'There is no queue "x".' };
  answer = {
    status: 422,
    type: 'application/problem+json',
    body: JSON.stringify({
      type: 'about:blank',
      title: 'No',
      status: 422,
      code: 'has-errors',
      detail: 'Mend it.',
      issues: [issue],
    }),
  };

  const error = await api.post('/api/flows/a/publish', {}).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 422, code: 'has-errors', message: 'Mend it.', issues: [issue] });
});

test('an answer that is no problem document still says what to do', async () => {
  answer = { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' };

  const error = await api.get('/api/flows').catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ status: 502, code: 'http-502' });
});

test('no answer at all is told apart', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));

  const error = await api.get('/api/flows').catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ status: 0, code: 'unreachable' });
});

test('an id in a path reaches no other resource', () => {
  const id = '../users?x#y/z';

  const escaped = path`/api/flows/${id}/draft`;

  expect(escaped).toBe('/api/flows/..%2Fusers%3Fx%23y%2Fz/draft');
});
