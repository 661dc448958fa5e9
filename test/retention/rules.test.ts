import { afterAll, beforeAll, expect, test } from 'vitest';
import { broughtUpToDate } from '../../runtime/settings/bring-up-to-date.ts';
import type { AuditPage } from '../../schemas/api/audit.ts';
import type { RetentionView } from '../../schemas/api/retention.ts';
import { keepAll } from '../../schemas/retention.ts';
import { sluice } from '../commands/sluice.ts';
import { adminToken, type HttpUnderTest, startHttp } from '../http/support/start-http.ts';
import { until } from '../support/until.ts';

let http: HttpUnderTest;

beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http?.stop());

const view = async () => (await http.admin.get('/api/retention')).json as unknown as RetentionView;
const told = async () => ((await http.admin.get('/api/audit')).json as unknown as AuditPage).items;

test('nothing is removed unasked: a settings file of before, and a new one, keep all', async () => {
  const { retention } = broughtUpToDate({ version: 1 }) as { retention: object };

  expect(retention).toMatchObject({ rules: keepAll() });
  expect(await view()).toMatchObject({ rules: keepAll(), nextAt: null, runs: [] });
  expect((await http.admin.post('/api/retention/run', {})).status).toBe(409);
});

test('rules are counted before, saved with their change in the audit log, and carried out when asked', async () => {
  const rules = { ...keepAll(), sources: 90 };

  const counted = await http.admin.post('/api/retention/preview', { rules });
  const saved = await http.admin.put('/api/retention', { at: '04:15', rules });
  const begun = await http.admin.post('/api/retention/run', {});
  await until('it has ended', async () => (await view()).runs[0]?.state === 'done');
  const metrics = await (await fetch(`${http.url}/metrics`)).text();

  expect(counted.json).toEqual({ counts: { mails: 0, sources: 0, runs: 0, outgoing: 0, audit: 0, history: 0 } });
  expect(saved.json).toMatchObject({ at: '04:15', rules });
  expect(new Date(String(saved.json.nextAt)).getMinutes()).toBe(15);
  expect(begun.status).toBe(202);
  expect((await told()).find(({ path, method }) => path === '/api/retention' && method === 'put')?.changes).toEqual(
    expect.arrayContaining([
      { path: '/retention/at', before: '"02:30"', after: '"04:15"' },
      { path: '/retention/rules/sources', before: 'null', after: '90' },
    ]),
  );
  expect(metrics).toMatch(/^sluice_store_bytes\{part="all"\} \d+$/m);
  expect(metrics).toMatch(/^sluice_retention_removed_rows\{kind="sources"\} 0$/m);
});

test.each([{ sources: 1 }, { sources: 40_000 }, { sources: 'x' }])('a rule of %j is refused', async (rule) => {
  const answer = await http.admin.put('/api/retention', { at: '04:15', rules: { ...keepAll(), ...rule } });

  expect(answer.status).toBe(422);
});

test('the command line counts, and removes with a line that says what', async () => {
  const env = { SLUICE_URL: http.url, SLUICE_TOKEN: adminToken };

  const counted = await sluice(['retention'], { env });
  const removed = await sluice(['retention', '--json', 'run'], { env });
  const wrong = await sluice(['retention', 'all'], { env });

  expect(counted).toMatchObject({ code: 0, out: expect.stringContaining('sources: 0 (kept 90 days)') });
  expect(removed.lines()).toMatchObject([{ state: 'done', cause: 'by-hand', removed: { sources: 0 } }]);
  expect(wrong.code).toBe(2);
});
