import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeMailbox } from '../../runtime/http/mailbox-settings.ts';
import { openSettings } from '../../runtime/settings/settings.ts';
import { freePort } from '../support/free-port.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const password = 'a secret of the mailbox';
const imap = {
  name: 'Sales',
  type: 'imap',
  address: 'sales@example.test',
  host: '127.0.0.1',
  port: 9,
  security: 'none',
  username: 'sales',
  password,
  enabled: false,
};

const settingsFile = () => readFile(join(http.folder, 'data/settings.json'), 'utf8');

/** Two, as the watch would: no test waits for a quarter of an hour. */
function raiseAlarms(mailbox: string): void {
  const database = new DatabaseSync(join(http.folder, 'data', 'sluice.db'), { timeout: 5_000 });
  const insert = database.prepare(
    'insert into alarms (id, key, kind, mailbox, message, raised_at) values (?, ?, ?, ?, ?, 1)',
  );
  for (const kind of ['failing', 'not-reconciled'])
    insert.run(kind, `${kind}:${mailbox}`, kind, mailbox, 'It is away.');
  database.close();
}

test('a mailbox is added with a route, and its password leaves the server nowhere', async () => {
  const added = await http.admin.post('/api/mailboxes', { ...imap, flow: 'support' });

  const list = await http.admin.get('/api/mailboxes');
  const one = await http.admin.get('/api/mailboxes/sales');

  expect(added.status).toBe(201);
  expect(added.json).toMatchObject({
    id: 'sales',
    folders: ['INBOX'],
    pollSeconds: 60,
    maxBytes: 5_242_880,
    status: { state: 'stopped' },
  });
  expect(one.json.imap).toEqual({ host: '127.0.0.1', port: 9, security: 'none', username: 'sales' });
  for (const text of [added.text, list.text, one.text, await settingsFile()]) expect(text).not.toContain(password);
  const routes = (await http.admin.get('/api/routes')).json.items;
  expect(routes).toContainEqual(
    expect.objectContaining({ id: expect.any(String), pattern: '*', mailbox: 'sales', flow: 'support' }),
  );
});

test('names are unique whatever their case', async () => {
  await http.admin.post('/api/mailboxes', imap);
  await http.admin.post('/api/mailboxes', { ...imap, name: 'Other' });

  const again = await http.admin.post('/api/mailboxes', { ...imap, name: 'SALES' });
  const renamed = await http.admin.patch('/api/mailboxes/other', { name: 'sales' });
  const kept = await http.admin.patch('/api/mailboxes/sales', { name: 'SALES' });
  const relay = { type: 'smtp', host: '127.0.0.1', port: 25, security: 'none' };
  const outbound = await http.admin.post('/api/outbound-mailboxes', { ...relay, name: 'Sales' });
  await http.admin.post('/api/outbound-mailboxes', { ...relay, name: 'relay' });
  const inbound = await http.admin.patch('/api/mailboxes/other', { name: 'Relay' });

  expect([again.status, again.json.code]).toEqual([409, 'mailbox-name-taken']);
  expect(renamed.json.code).toBe('mailbox-name-taken');
  expect(kept.status).toBe(200);
  expect([outbound.status, inbound.json.code]).toEqual([409, 'mailbox-name-taken']);
});

test('without TLS a mailbox may only be on this machine', async () => {
  const added = await http.admin.post('/api/mailboxes', { ...imap, host: 'imap.example.test' });
  await http.admin.post('/api/mailboxes', imap);
  const moved = await http.admin.patch('/api/mailboxes/sales', { host: 'imap.example.test', password });
  const verified = await http.admin.post('/api/mailboxes/verify', { ...imap, host: 'localhost.example.test' });

  for (const answer of [added, moved, verified]) expect([answer.status, answer.json.code]).toEqual([422, 'tls-needed']);
});

test('a stored password is not sent to another host', async () => {
  await http.admin.post('/api/mailboxes', imap);

  const without = await http.admin.patch('/api/mailboxes/sales', { host: '127.0.0.2' });
  const withIt = await http.admin.patch('/api/mailboxes/sales', { host: '127.0.0.2', password: 'new' });

  expect([without.status, without.json.code]).toEqual([422, 'password-needed']);
  expect(withIt.json.imap.host).toBe('127.0.0.2');
});

test('verifying a mailbox says in words what does not work, saved or not', async () => {
  const port = await freePort();
  await http.admin.post('/api/mailboxes', { ...imap, port });

  const saved = await http.admin.post('/api/mailboxes/sales/verify');
  const unsaved = await http.admin.post('/api/mailboxes/verify', { ...imap, port });

  for (const { status, json } of [saved, unsaved]) {
    expect(status).toBe(200);
    expect(json.ok).toBe(false);
    expect(json.steps.at(-1).message).not.toBe('');
  }
});

test('a private authority can be named and taken back', async () => {
  const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
  await http.admin.post('/api/mailboxes', { ...imap, ca });

  const named = await http.admin.get('/api/mailboxes/sales');
  const cleared = await http.admin.patch('/api/mailboxes/sales', { ca: '' });

  expect(named.json.imap.ca).toBe(ca);
  expect(cleared.json.imap).not.toHaveProperty('ca');
});

test('what a mailbox cannot be is refused, in words', async () => {
  const relay = { type: 'smtp', name: 'relay', host: '127.0.0.1', port: 25, security: 'none' };
  await http.admin.post('/api/outbound-mailboxes', relay);
  const leave = (grant: object) => ({ name: 'Shop', provider: 'google', grant });
  const client = { type: 'client-credentials', tokenUrl: 'https://login.test', clientId: 'i', scope: 's', secret: 'x' };
  const robot = { type: 'service-account', tokenUrl: 'https://login.test', email: 'robot@login.test', scope: 's' };
  const wrong: [path: string, body: object, words: string][] = [
    ['/api/mailboxes', { ...imap, name: 'a b' }, '"name" must be letters, digits and @ _ . -, at most 40.'],
    ['/api/mailboxes', { ...imap, address: 'sales' }, '"address" must be an address such as support@example.com.'],
    ['/api/mailboxes', { ...imap, flow: 'suport' }, 'There is no flow "suport".'],
    ['/api/mailboxes', { ...imap, flow: 'Support!' }, '"flow" must be lower-case letters, digits and hyphens'],
    ['/api/mailboxes', { ...imap, host: 'imaps://mail.test' }, '"host" must be the name of a server alone'],
    ['/api/mailboxes', { ...imap, host: 'mail.test:993' }, '"host" must be the name of a server alone'],
    ['/api/mailboxes', { ...imap, ca: 'a key' }, '"ca" must be a certificate in PEM'],
    ['/api/mailboxes', { ...imap, pollSeconds: 29 }, '"pollSeconds" must be at least 30.'],
    ['/api/mailboxes', { ...imap, maxBytes: 5_242_879 }, '"maxBytes" must be at least 5242880.'],
    ['/api/mailboxes', { ...imap, maxBytes: 20_971_521 }, '"maxBytes" must be at most 20971520.'],
    ['/api/mailboxes', { ...imap, folders: [...'abcdef'] }, '"folders" may have at most 5 items.'],
    ['/api/mailboxes', { ...imap, type: 'smpt' }, 'There is no type "smpt". The types are "imap", "pop3"'],
    ['/api/outbound-mailboxes', { ...relay, name: 'b', fromName: 'A\r\nBcc: b@c.test' }, '"fromName" must be one line'],
    ['/api/outbound-mailboxes', { ...relay, name: 'b', from: 'nobody' }, '"from" must be an address'],
    ['/api/outbound-mailboxes', { ...relay, name: 'b', connections: 101 }, '"connections" must be at most 100.'],
    [
      '/api/authorisations',
      leave({ ...client, tokenUrl: 'login.test' }),
      'should be. /grant/tokenUrl: "tokenUrl" must be',
    ],
    ['/api/authorisations', leave({ ...client, type: 'magic' }), 'There is no type "magic". The types are "entra"'],
    ['/api/authorisations', { ...leave(client), secretExpiresOn: '2026-02-31' }, 'There is no day 2026-02-31.'],
    ['/api/authorisations', leave({ ...robot, key: 'x' }), 'is no RSA key. Paste private_key of its JSON file'],
  ];

  const answers = await Promise.all(wrong.map(([path, body]) => http.admin.post(path, body)));
  const cleared = await http.admin.patch('/api/outbound-mailboxes/relay', { from: '', fromName: '' });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const file = JSON.stringify({
    type: 'service_account',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  const copied = /"private_key":(.*)}$/.exec(file)?.[1];
  const whole = await http.admin.post('/api/authorisations', leave({ ...robot, key: file }));
  const part = await http.admin.post('/api/authorisations', leave({ ...robot, key: copied }));
  const numbered = await http.admin.post('/api/mailboxes', { ...imap, host: '::1' });

  expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 422));
  for (const [i, { json }] of answers.entries()) expect(json.detail).toContain(wrong[i]?.[2]);
  expect([cleared.status, numbered.status, whole.status, part.status]).toEqual([200, 201, 201, 201]);
});

test('a mailbox gets no other address than one; what was stored before may be sent back', async () => {
  await http.admin.post('/api/mailboxes', imap);
  const old = await openSettings(await mkdtemp(join(tmpdir(), 'sluice-settings-')));
  await old.update(({ mailboxes: [receiver] }) => void Object.assign(receiver ?? {}, { address: 'support' }));

  const wrong = await http.admin.patch('/api/mailboxes/sales', { address: 'sales desk' });
  const right = await http.admin.patch('/api/mailboxes/sales', { address: 'desk@example.test' });
  const kept = await changeMailbox({ settings: old }, 'receiver', { address: 'support', description: 'Ours' });

  expect([wrong.status, wrong.json.code]).toEqual([422, 'bad-address']);
  expect(wrong.json.detail).toBe('"sales desk" is no address such as support@example.com.');
  expect(right.json.address).toBe('desk@example.test');
  expect(kept).toMatchObject({ address: 'support', description: 'Ours' });
});

test('a mailbox may lead to a flow that is still drawn', async () => {
  await http.admin.post('/api/flows', { id: 'later', name: 'Later' });

  const added = await http.admin.post('/api/mailboxes', { ...imap, flow: 'later' });

  expect(added.status).toBe(201);
});

test('a folder that a route takes mail from stays in its mailbox', async () => {
  await http.admin.post('/api/mailboxes', { ...imap, folders: ['INBOX', 'Bills', 'Other'] });
  const folder = { mailbox: 'sales', flow: 'support', folder: 'Bills' };
  await http.admin.post('/api/routes', { id: 'bills', name: 'The bills', pattern: '*', ...folder });
  await http.admin.post('/api/routes', { id: 'late', pattern: 'late@demo.test', ...folder });

  const refused = await http.admin.patch('/api/mailboxes/sales', { folders: ['INBOX'] });
  const kept = await http.admin.patch('/api/mailboxes/sales', { folders: ['Bills'] });
  await http.admin.patch('/api/routes/late', { folder: null });
  const one = await http.admin.patch('/api/mailboxes/sales', { folders: ['INBOX'] });
  await http.admin.delete('/api/routes/bills');
  const removed = await http.admin.patch('/api/mailboxes/sales', { folders: ['INBOX'] });

  expect([refused.status, refused.json.code]).toEqual([409, 'folder-routed']);
  expect(refused.json.detail).toBe(
    'The routes "The bills", "late@demo.test" lead from "Bills" of Sales. Delete or change them first.',
  );
  expect(kept.json.folders).toEqual(['Bills']);
  expect(one.json.detail).toBe('The route "The bills" leads from "Bills" of Sales. Delete or change it first.');
  expect(removed.json.folders).toEqual(['INBOX']);
});

test('a mailbox is deleted only when it is off and no route needs it; the receiver stays', async () => {
  const { enabled: _off, ...silent } = imap;
  const created = await http.admin.post('/api/mailboxes', { ...silent, name: 'Quiet' });
  const routed = await http.admin.post('/api/mailboxes', { ...silent, flow: 'support' });

  const whileOn = await http.admin.delete('/api/mailboxes/sales');
  await http.admin.patch('/api/mailboxes/sales', { enabled: false });
  const whileRouted = await http.admin.delete('/api/mailboxes/sales');
  const items = (await http.admin.get('/api/routes')).json.items;
  const others = items.filter(({ mailbox }: { mailbox?: string }) => mailbox !== 'sales');
  await http.admin.put('/api/routes', { items: others });
  const rules = (await http.admin.get('/api/mailboxes/sales/filters')).json;
  await http.admin.put('/api/mailboxes/sales/filters', { ...rules, block: ['spam.test'] });
  raiseAlarms('sales');
  const openBefore = (await http.admin.get('/api/alarms')).json.open.length;
  const deleted = await http.admin.delete('/api/mailboxes/sales');
  const alarms = (await http.admin.get('/api/alarms')).json;
  const receiver = await http.admin.delete('/api/mailboxes/receiver');
  await http.admin.put('/api/routes', {
    items: [...others, { id: 'q', pattern: '*', mailbox: 'quiet', flow: 'support' }],
  });

  expect([created.json.enabled, routed.json.enabled]).toEqual([false, true]);
  expect([whileOn.status, whileOn.json.code]).toEqual([409, 'mailbox-enabled']);
  expect([whileRouted.status, whileRouted.json.code]).toEqual([409, 'mailbox-routed']);
  expect(whileRouted.json.detail).toBe('The route "*" leads from Sales. Delete or change it first.');
  expect([deleted.status, deleted.json]).toEqual([200, { filtersDeleted: true, alarmsCleared: 2 }]);
  expect([openBefore, alarms.open, alarms.cleared.length]).toEqual([2, [], 2]);
  expect(JSON.parse(await settingsFile()).filters.mailboxes).toEqual({});
  expect([receiver.status, receiver.json.code]).toEqual([409, 'receiver-stays']);
  expect((await http.admin.get('/api/mailboxes/quiet')).json.enabled).toBe(true);
});

test('routes are replaced as a whole, or not at all', async () => {
  const before = (await http.admin.get('/api/routes')).json;
  const wrong = await http.admin.put('/api/routes', {
    items: [
      { id: 'one', pattern: 'not an address', flow: 'support' },
      { id: 'two', pattern: '*@demo.test', flow: 'support', mailbox: 'nowhere' },
    ],
  });
  const twice = await http.admin.put('/api/routes', {
    items: [
      { id: 'one', pattern: '*', flow: 'support' },
      { id: 'one', pattern: 'a@demo.test', flow: 'support' },
    ],
  });
  const kept = (await http.admin.get('/api/routes')).json;
  const items = [{ id: 'all', pattern: '*@demo.test', flow: 'support' }];
  const right = await http.admin.put('/api/routes', { items });

  expect([wrong.status, wrong.json.code]).toEqual([422, 'invalid-body']);
  expect(wrong.json.issues.map(({ path }: { path: string }) => path)).toEqual(['/items/0/pattern', '/items/1/mailbox']);
  expect(twice.status).toBe(422);
  expect(kept).toEqual(before);
  expect(right.json.items).toMatchObject(items);
});

test('a POP3 mailbox has rules of its own, and takes none of IMAP', async () => {
  const body = { ...imap, name: 'Pop', type: 'pop3', deleteAfterDays: 14 };
  const added = await http.admin.post('/api/mailboxes', body);
  const kept = await http.admin.patch('/api/mailboxes/pop', { deleteAfterDays: null });
  const foreign = await http.admin.patch('/api/mailboxes/pop', { folders: ['INBOX'] });
  const both = await http.admin.post('/api/mailboxes', { ...body, name: 'Both', folders: ['INBOX'] });
  const unknown = await http.admin.post('/api/mailboxes', { ...imap, name: 'Fax', type: 'fax' });
  const off = await http.admin.patch('/api/mailboxes/pop', { enabled: false });
  const look = await http.admin.post('/api/mailboxes/pop/look', {});

  expect(added.json).toMatchObject({ type: 'pop3', folders: [], pop3: { deleteAfterDays: 14 } });
  expect(JSON.stringify(added.json)).not.toContain('password');
  expect(kept.json.pop3).not.toHaveProperty('deleteAfterDays');
  expect([foreign.status, foreign.json.code]).toEqual([422, 'not-of-this-type']);
  expect([both.status, unknown.status, off.status, look.status]).toEqual([422, 422, 200, 409]);
});

test('an outbound mailbox is set, tested on a real server, and taken back to capture', async () => {
  const sink = await startSmtpSink({ login: { username: 'out', password: 'out-secret' } });
  const body = {
    type: 'smtp',
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    username: 'out',
    password: 'out-secret',
    from: 'support@demo.test',
  };

  const early = await http.admin.post('/api/outbound/test', { to: 'vera@example.test' });
  const set = await http.admin.put('/api/outbound', body);
  const { password: _, ...withoutPassword } = body;
  const kept = await http.admin.put('/api/outbound', { ...withoutPassword, fromName: 'Support' });
  const tested = await http.admin.post('/api/outbound/test', { to: 'vera@example.test' });
  const system = await http.admin.get('/api/system');
  const removed = await http.admin.delete('/api/outbound');
  await sink.stop();

  expect([early.status, early.json.code]).toEqual([409, 'no-outbound']);
  expect(set.json.outbound).toMatchObject({ host: '127.0.0.1', hasPassword: true });
  expect(kept.json.outbound).toMatchObject({ fromName: 'Support', hasPassword: true });
  expect(set.text + kept.text + (await settingsFile())).not.toContain('out-secret');
  expect(tested.json.state).toBe('sent');
  expect(sink.mails).toMatchObject([{ from: 'support@demo.test', to: ['vera@example.test'] }]);
  expect(system.json.outbound).toBe('smtp');
  expect(removed.status).toBe(204);
  expect((await http.admin.get('/api/outbound')).json).toEqual({ outbound: null });
});

test('an outbound password is not sent to another host, nor in the open', async () => {
  const body = { type: 'smtp', host: '127.0.0.1', port: 25, security: 'none', username: 'out', password: 'x' };
  await http.admin.put('/api/outbound', body);
  const { password: _, ...withoutPassword } = body;

  const moved = await http.admin.put('/api/outbound', { ...withoutPassword, host: '127.0.0.2' });
  const open = await http.admin.put('/api/outbound', { ...body, host: 'smtp.example.test' });

  expect([moved.status, moved.json.code]).toEqual([422, 'password-needed']);
  expect([open.status, open.json.code]).toEqual([422, 'tls-needed']);
});

test('the general settings are replaced, and wrong ones refused', async () => {
  const before = (await http.admin.get('/api/settings')).json;
  const wanted = { ...before, outgoingAllow: ['classifier.internal:8080'] };

  const wrong = await http.admin.put('/api/settings', {
    ...wanted,
    budgets: { ...before.budgets, perSenderPerHour: 0 },
  });
  const moved = await http.admin.put('/api/settings', { ...wanted, receiver: { domains: ['example.test'] } });
  const right = await http.admin.put('/api/settings', wanted);

  expect([wrong.status, wrong.json.code]).toEqual([422, 'invalid-body']);
  // Domains have a resource of their own: nothing is taken here that would not be done.
  expect([moved.status, moved.json.code]).toEqual([422, 'invalid-body']);
  expect(right.json).toEqual(wanted);
  expect((await http.admin.get('/api/system')).json.receiver.domains).toEqual(['demo.test']);
});

test('a token works until it is deleted, and is stored as a hash only', async () => {
  const made = await http.admin.post('/api/tokens', { name: 'Nightly script', role: 'viewer' });
  const script = http.withToken(made.json.token);

  const works = await script.get('/api/queues');
  const listed = await http.admin.get('/api/tokens');
  const file = await settingsFile();
  await http.admin.delete(`/api/tokens/${made.json.id}`);
  const after = await script.get('/api/queues');

  expect(works.status).toBe(200);
  expect(listed.json.items).toMatchObject([{ id: 'nightly-script', role: 'viewer', createdBy: 'admin-token' }]);
  expect(listed.text + file).not.toContain(made.json.token);
  expect([after.status, after.json.code]).toEqual([401, 'invalid-token']);
});

test('users have addresses of their own, and one administrator always stays', async () => {
  const user = { email: 'ada@example.test', name: 'Ada', role: 'admin', password: 'a long enough password' };
  const { id } = (await http.admin.post('/api/users', user)).json;
  const taken = await http.admin.post('/api/users', { ...user, email: 'ADA@example.test' });
  const namesake = await http.admin.post('/api/users', { ...user, email: 'ada@other.test', role: 'agent' });
  const short = await http.admin.post('/api/users', { ...user, email: 'eve@example.test', password: 'short' });
  const degraded = await http.admin.patch(`/api/users/${id}`, { role: 'viewer' });
  const deleted = await http.admin.delete(`/api/users/${id}`);

  expect([taken.status, taken.json.code]).toEqual([409, 'email-taken']);
  expect(namesake.json.id).not.toBe(id);
  expect([short.status, short.json.code]).toEqual([422, 'invalid-body']);
  expect([degraded.status, degraded.json.code]).toEqual([409, 'last-administrator']);
  expect([deleted.status, deleted.json.code]).toEqual([409, 'last-administrator']);
  const list = await http.admin.get('/api/users');
  expect(list.text).not.toContain('argon2');
  expect(list.json.items).toHaveLength(2);
});
