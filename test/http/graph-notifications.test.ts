import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http.stop());

const call = (query: string, init: RequestInit = {}) =>
  fetch(`${http.url}/api/graph/notifications/support${query}`, { method: 'POST', ...init });
const json = { 'content-type': 'application/json' };

test('a handshake that nobody waits for is refused, and shows nothing of what was sent', async () => {
  const answer = await call(`?validationToken=${encodeURIComponent('<script>alert(1)</script>')}`, {
    headers: { 'content-type': 'text/plain' },
    body: '',
  });

  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('script');
});

test('notifications are answered at once, whoever sends them and whatever else stands in them', async () => {
  const value = [{ clientState: 'a guess', changeType: 'created', resourceData: { id: 'x', more: 1 }, tenantId: 't' }];

  const answer = await call('', { headers: json, body: JSON.stringify({ value, validationTokens: [] }) });

  expect([answer.status, await answer.text()]).toEqual([202, '']);
});

test.each([
  ['no JSON', 'value', 400],
  ['another form', JSON.stringify({ value: [{ clientState: 5 }] }), 422],
  ['too much', JSON.stringify({ value: [], padding: 'x'.repeat(600_000) }), 413],
])('%s is refused', async (_name, body, status) => {
  expect((await call('', { headers: json, body })).status).toBe(status);
});
