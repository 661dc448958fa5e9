import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http.stop());

const json = { 'content-type': 'application/json' };

test.each([
  ['a query that is no number', 'GET', '/api/interactions?limit=many', undefined, 400, 'invalid-query'],
  ['a query beyond its limit', 'GET', '/api/interactions?limit=1001', undefined, 400, 'invalid-query'],
  ['an unknown query parameter', 'GET', '/api/interactions?colour=red', undefined, 400, 'invalid-query'],
  ['a parameter given twice', 'GET', '/api/interactions?queue=a&queue=b', undefined, 400, 'invalid-query'],
  ['a state that does not exist', 'GET', '/api/interactions?state=lost', undefined, 400, 'invalid-query'],
  ['a path that is no number', 'GET', '/api/flows/support/versions/one', undefined, 400, 'invalid-path'],
  ['a path that is no id', 'GET', '/api/flows/..%2f..%2fpackage/draft', undefined, 400, 'invalid-path'],
  ['a path that cannot be decoded', 'GET', '/api/flows/%E0%A4%A/draft', undefined, 400, 'bad-request'],
  ['a body that is not JSON', 'POST', '/api/queues', '{"id": "q"', 400, 'invalid-json'],
  ['a body of the wrong shape', 'POST', '/api/queues', '{"id": "Not An Id", "extra": 1}', 422, 'invalid-body'],
  ['no body where one is needed', 'POST', '/api/queues', undefined, 422, 'invalid-body'],
  ['a body that is a list', 'POST', '/api/queues', '[]', 422, 'invalid-body'],
  [
    'a body that is too large',
    'POST',
    '/api/queues',
    JSON.stringify({ id: 'x'.repeat(1_100_000) }),
    413,
    'body-too-large',
  ],
  ['a path that does not exist', 'GET', '/api/nothing', undefined, 404, 'not-found'],
  ['a method that does not exist', 'PUT', '/api/queues', '{}', 405, 'method-not-allowed'],
])('%s is a problem with a stable code', async (_name, method, path, body, status, code) => {
  const answer = await http.admin.call(method, path, { body, ...(body === undefined ? {} : { headers: json }) });

  expect([answer.status, answer.json?.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.json).toMatchObject({ type: 'about:blank', status, detail: expect.stringMatching(/\w/) });
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('a body of the wrong shape is told every issue with its place', async () => {
  const { json: problem } = await http.admin.post('/api/queues', { id: 'Not An Id', name: '' });

  expect(problem.issues.map((issue: { path: string }) => issue.path).sort()).toEqual(['/id', '/name']);
});

test('a refused method says which are possible', async () => {
  const { headers } = await http.admin.call('DELETE', '/api/queues');

  expect(headers.allow).toBe('GET, POST, HEAD');
});

test('a compressed body is refused', async () => {
  const { status, json: problem } = await http.admin.call('POST', '/api/queues', {
    body: '{}',
    headers: { ...json, 'content-encoding': 'gzip' },
  });

  expect([status, problem.code]).toEqual([415, 'unsupported-encoding']);
});

test('what an object inherits is not taken from a body', async () => {
  const body = '{"id":"proto","name":"P","__proto__":{"description":"x"}}';

  const { status, json: problem } = await http.admin.call('POST', '/api/queues', { body, headers: json });

  expect([status, problem.code]).toEqual([422, 'invalid-body']);
});

test('a stranger learns nothing about bodies, sizes and methods of a route', async () => {
  const answer = await http.browser().call('POST', '/api/queues', { body: '{', headers: json });

  expect(answer.status).toBe(401);
});

test('a stranger cannot send much', async () => {
  const body = JSON.stringify({ email: 'ada@example.test', password: 'x'.repeat(20_000) });

  const { status, json: problem } = await http.browser().call('POST', '/api/session', { body, headers: json });

  expect([status, problem.code]).toEqual([413, 'body-too-large']);
});

test('the headers of a stream can be asked for alone', async () => {
  const { status, headers } = await http.admin.call('HEAD', '/api/events');

  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/event-stream');
});

test('every answer carries the headers that protect the page', async () => {
  const api = await http.admin.get('/api/queues');
  const page = await http.browser().call('GET', '/', { headers: { accept: 'text/html' } });

  for (const { headers } of [api, page]) {
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});
