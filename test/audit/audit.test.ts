import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAudit } from '../../runtime/audit/audit.ts';
import { changesBetween } from '../../runtime/audit/changes.ts';
import { routes } from '../../runtime/http/resources/index.ts';
import { createListeners } from '../../runtime/listeners.ts';
import type { AuditPage } from '../../schemas/api/audit.ts';
import { sendMails } from '../http/support/send-mail.ts';
import { type HttpUnderTest, startHttp } from '../http/support/start-http.ts';
import { openTempStore } from '../store/temp-store.ts';

let http: HttpUnderTest;

beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http?.stop());

/** Whoever adds to these argues for it here: they ask, try, or keep a draft that only its author sees. */
const changingNothing = [
  'delete /api/flows/:id/draft',
  'delete /api/interactions/:id/reply-draft',
  'delete /api/interactions/:id/reply-files/:file',
  'delete /api/session',
  'post /api/authorisations/:id/sign-in',
  'post /api/authorisations/:id/try',
  'post /api/authorisations/discover',
  'post /api/domains/:id/check',
  'post /api/flows',
  'post /api/flows/:id/backtest',
  'post /api/flows/:id/backtest/:interaction',
  'post /api/flows/:id/cases/propose',
  'post /api/flows/:id/cases/run',
  'post /api/flows/:id/check',
  'post /api/flows/:id/preview',
  'post /api/flows/:id/try',
  'post /api/graph/notifications/:key',
  'post /api/interactions/:id/remote-pictures',
  'post /api/interactions/:id/reply-files',
  'post /api/mailboxes/:id/filters/try',
  'post /api/mailboxes/:id/look',
  'post /api/mailboxes/:id/verify',
  'post /api/mailboxes/:id/verify-change',
  'post /api/mailboxes/verify',
  'post /api/outbound-mailboxes/:id/verify',
  'post /api/outbound-mailboxes/verify',
  'post /api/retention/preview',
  'post /api/routes/explain',
  // Coming in is written down by the door itself, refusals included.
  'post /api/session',
  'post /api/sign-in-providers/check',
  // And here where the person comes back.
  'post /api/sign-in/:id',
  'put /api/flows/:id/draft',
  'put /api/interactions/:id/reply-draft',
];

const newest = async (query = ''): Promise<AuditPage['items']> => {
  const { json: body } = await http.admin.get(`/api/audit${query}`);
  return (body as AuditPage).items;
};

test('a change of the settings is there with who, before and after; a password is not', async () => {
  await http.admin.post('/api/mailboxes', {
    name: 'sales',
    type: 'imap',
    address: 'sales@demo.test',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    username: 'sales',
    password: 'hunter2 hunter2',
  });
  const { json: body } = await http.admin.get('/api/mailboxes');
  const [{ id } = { id: '' }] = (body as { items: { id: string; name: string }[] }).items.filter(
    ({ name }) => name === 'sales',
  );
  await http.admin.patch(`/api/mailboxes/${id}`, { description: 'What customers ask before they buy' });

  const [changed, added] = await newest();

  expect(changed).toMatchObject({
    who: { id: 'admin-token', role: 'admin', by: 'token' },
    method: 'patch',
    target: { id },
    changes: [{ path: `/mailboxes/${id}/description`, before: null, after: '"What customers ask before they buy"' }],
  });
  expect(added?.changes[0]).toMatchObject({ path: `/mailboxes/${id}`, before: null });
  expect(JSON.stringify(added)).not.toMatch(/hunter2|sealed:/);
  expect(added?.changes[0]?.after).toContain('(secret)');
});

test('what is done with a mail is there with how it stood before and after, down to its end', async () => {
  const nested = Array.from({ length: 60 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}`);
  const [ordinary, poison] = await sendMails(http, [
    { subject: 'Ordinary' },
    { raw: ['From: odd@customer.test', 'Subject: Boxes', ...nested, 'Hello'].join('\r\n') },
  ]);

  await http.admin.post(`/api/interactions/${ordinary}/claim`);
  await http.admin.post(`/api/interactions/${ordinary}/finish`);
  await http.admin.delete(`/api/interactions/${poison}`);

  const [deleted, finished, claimed] = await newest();
  expect(claimed?.changes).toContainEqual({ path: '/claimedBy', before: null, after: '"admin-token"' });
  expect(finished?.changes).toContainEqual({ path: '/state', before: '"claimed"', after: '"done"' });
  expect(deleted?.changes).toContainEqual({ path: '/state', before: '"quarantined"', after: null });
});

test('whoever takes the next mail of a queue is there with the mail that it was', async () => {
  const [mail] = await sendMails(http, [{ subject: 'The next one' }]);

  const { json } = await http.admin.post('/api/queues/general/claim', {});

  const [claimed] = await newest();
  expect(json).toMatchObject({ id: mail });
  expect(claimed).toMatchObject({ path: '/api/queues/:id/claim', target: { id: 'general', interaction: mail } });
});

test('a change that stands is written down, though what came after it failed', async () => {
  const store = await openTempStore();
  const changed = createListeners<[string, string]>();
  const settings = {
    onChange: (listener: (after: string, before: string) => void) => changed.listen((pair) => listener(...pair)),
  };
  const audit = createAudit({ store, settings, clock: { now: () => 1 } });
  const deed = {
    by: null,
    address: '',
    method: 'delete',
    path: '/api/users/:id',
    what: 'Delete',
    target: {},
    asked: null,
  };

  const call = audit.during(deed, async () => {
    changed.tell(['after', 'before']);
    throw new Error('the sessions could not be ended');
  });

  await expect(call).rejects.toThrow('the sessions could not be ended');
  expect((await audit.page({})).items).toMatchObject([
    { what: 'Delete', changes: [{ before: '"before"', after: '"after"' }] },
  ]);
});

test('two who change at a time are each told their own', async () => {
  const names = ['north', 'south', 'east', 'west'];

  await Promise.all(names.map((name) => http.admin.post('/api/queues', { id: name, name })));

  const items = await newest('?search=Add%20a%20queue');
  expect(items.map(({ changes }) => changes.length)).toEqual([1, 1, 1, 1]);
  expect(new Set(items.map(({ changes }) => changes[0]?.path))).toEqual(
    new Set(names.map((name) => `/queues/${name}`)),
  );
});

test('what was refused, and what only asks, leaves no line; a first administrator does', async () => {
  const before = (await newest()).length;
  await http.admin.post('/api/queues', { name: '' });
  await http.admin.post('/api/routes/explain', { address: 'support@demo.test' });
  expect((await newest()).length).toBe(before);

  const ada = { name: 'Ada', email: 'ada@demo.test', password: 'a long pass phrase' };
  await http.browser().post('/api/setup', ada);

  const [first] = await newest();
  expect(first).toMatchObject({ path: '/api/setup', who: { id: '', name: '' } });
  expect(JSON.stringify(first)).not.toContain(ada.password);
  expect(JSON.stringify(first)).not.toContain('argon2');
});

test('it is read page by page, and searched without wildcards of the caller', async () => {
  const { json: body } = await http.admin.get('/api/audit?limit=2');
  const first = body as AuditPage;
  const { json: rest } = await http.admin.get(`/api/audit?limit=2&after=${first.next}`);

  expect(first.items).toHaveLength(2);
  expect((rest as AuditPage).items[0]?.id.localeCompare(first.items[1]?.id ?? '')).toBe(-1);
  expect(await newest('?search=%25%25')).toEqual([]);
  expect((await newest('?search=sales')).length).toBeGreaterThan(0);
});

test('every call that can change something is written down, or says of itself that it changes nothing', () => {
  const silent = routes.filter(({ method, isReading }) => method !== 'get' && isReading === true);

  expect(silent.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(changingNothing);
});

test('parts are told apart by id, orders are changes, and secrets are named but not shown', () => {
  const before = {
    list: [
      { id: 'a', n: 1 },
      { id: 'b', n: 2, password: 'sealed:v1:00000000:AAAA' },
    ],
  };
  const after = {
    list: [
      { id: 'b', n: 2, password: 'sealed:v1:00000000:BBBB' },
      { id: 'a', n: 3 },
    ],
  };

  expect(changesBetween(before, after)).toEqual([
    { path: '/list/a/n', before: '1', after: '3' },
    { path: '/list/b/password', before: '(secret)', after: '(secret)' },
    { path: '/list', before: '["a","b"]', after: '["b","a"]' },
  ]);
});
