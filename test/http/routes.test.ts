import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http.stop());
beforeEach(async () => {
  await http.admin.put('/api/routes', { items: [{ id: 'support', pattern: 'support@demo.test', flow: 'support' }] });
});

const listed = async () => (await http.admin.get('/api/routes')).json;

test('a route is added, changed, put into another place, switched off and deleted', async () => {
  const added = await http.admin.post('/api/routes', {
    name: 'Bills',
    pattern: 'bills+*@demo.test',
    straight: { queue: 'billing', priority: 5 },
    signature: 'Your billing desk',
    bcc: ['archive@elsewhere.test'],
    replyTo: 'support',
  });
  const changed = await http.admin.patch('/api/routes/bills', { flow: 'support', straight: null, bcc: null });
  const moved = await http.admin.put('/api/routes/order', { ids: ['bills', 'support'] });
  const stale = await http.admin.put('/api/routes/order', { ids: ['bills'] });
  const used = await http.admin.delete('/api/routes/support');
  const off = await http.admin.patch('/api/routes/bills', { enabled: false });
  const deleted = await http.admin.delete('/api/routes/bills');

  expect(added.json).toMatchObject({ id: 'bills', problems: [], straight: { queue: 'billing', priority: 5 } });
  expect(changed.json).toMatchObject({ flow: 'support', replyTo: 'support', signature: 'Your billing desk' });
  expect(changed.json).not.toHaveProperty('straight');
  expect(moved.json.items.map(({ id }: { id: string }) => id)).toEqual(['bills', 'support']);
  expect([stale.status, stale.json.code]).toEqual([409, 'routes-changed']);
  expect([used.status, used.json.code]).toEqual([409, 'route-in-use']);
  expect([off.json.enabled, deleted.status]).toEqual([false, 204]);
  expect((await listed()).items).toHaveLength(1);
});

test.each([
  [{ pattern: 'not an address', flow: 'support' }, '/pattern'],
  [{ pattern: 'a@demo.test\r\nBcc: x@y.test', flow: 'support' }, '/pattern'],
  [{ pattern: 'a@demo.test' }, '/flow'],
  [{ pattern: 'a@demo.test', flow: 'support', straight: { queue: 'billing' } }, '/flow'],
  [{ pattern: 'a@demo.test', straight: { queue: 'nobody' } }, '/straight'],
  [{ pattern: '*', flow: 'support', mailbox: 'nowhere' }, '/mailbox'],
  [{ pattern: '*', flow: 'support', folder: 'INBOX' }, '/folder'],
  [{ pattern: '*', flow: 'support', mailbox: 'receiver', folder: 'INBOX' }, '/folder'],
  [{ pattern: '*', flow: 'support', from: 'nobody' }, '/from'],
  [{ pattern: '*', flow: 'support', replyTo: 'nobody' }, '/replyTo'],
  [{ pattern: '*', flow: 'support', bcc: ['a@x.test\nTo: b@y.test'] }, '/bcc'],
  [{ pattern: '*', flow: 'support', bcc: ['a@x.test', 'A@X.test'] }, '/bcc'],
  // A copy to an address of ours would come back as a mail, and be answered with a copy.
  [{ pattern: '*', flow: 'support', bcc: ['support+copy@demo.test'] }, '/bcc'],
  [{ pattern: '*', flow: 'support', fromName: 'Eve\r\nBcc: x@y.test' }, '/fromName'],
  [{ pattern: '*', flow: 'support', fromName: 'txt\u202ecod' }, '/fromName'],
  [{ pattern: '*', flow: 'support', signature: 'bell\u0007' }, '/signature'],
])('%j is refused at %s', async (body, path) => {
  const answer = await http.admin.post('/api/routes', body);

  expect([answer.status, answer.json.code]).toEqual([422, 'invalid-body']);
  expect(answer.json.issues.map((issue: { path: string }) => issue.path)).toContain(path);
});

test('what keeps a route from taking mail is said: a twin above it, a flow that is not published', async () => {
  await http.admin.post('/api/routes', { name: 'Twin', pattern: 'SUPPORT@Demo.test', flow: 'support' });
  await http.admin.post('/api/routes', { name: 'Early', pattern: 'early@demo.test', flow: 'not-yet' });

  const { items } = await listed();

  const codes = items.map(({ id, problems }: { id: string; problems: { code: string }[] }) => [
    id,
    ...problems.map(({ code }) => code),
  ]);
  expect(codes).toEqual([['support'], ['twin', 'never-reached'], ['early', 'flow-not-published']]);
});

test('an address is explained; a mail to several addresses can be an interaction of each', async () => {
  const explained = await http.admin.post('/api/routes/explain', { address: 'Support+7@demo.test' });
  const every = await http.admin.put('/api/routes/destinations', { destinations: 'every' });
  await http.admin.put('/api/routes/destinations', { destinations: 'one' });

  expect(explained.json).toMatchObject({ address: 'support+7@demo.test', items: [{ route: 'support', takes: true }] });
  expect(every.json.destinations).toBe('every');
});

test.each([
  [{ mailbox: 'nowhere' }, '/mailbox', 'There is no mailbox "nowhere".'],
  [{ mailbox: 'receiver', folder: 'INBOX' }, '/folder', 'The mailbox "receiver" does not take "INBOX".'],
  [{ folder: 'INBOX' }, '/folder', 'A folder needs the mailbox that it is in.'],
])('nothing is explained of what is not there: %j', async (origin, path, words) => {
  const answer = await http.admin.post('/api/routes/explain', { address: 'support@demo.test', ...origin });

  expect([answer.status, answer.json.code]).toEqual([422, 'invalid-body']);
  expect(answer.json.issues).toMatchObject([{ path, message: expect.stringContaining(words) }]);
});
