import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startDovecot } from '../support/dovecot.ts';
import { startEwsServer } from '../support/ews/ews-server.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

test('no password, token or cookie stands in the log, whatever goes wrong with it', async () => {
  const sink = await startSmtpSink({ login: { username: 'out', password: 'another' } });
  const server = { host: '127.0.0.1', security: 'none', username: 'user' };
  const made = (await http.admin.post('/api/tokens', { name: 'x', role: 'agent' })).json.token;

  await http.withToken('bearer-5ecret').get('/api/interactions');
  await http.withToken(made).delete('/api/tokens/nothing');
  await http.browser().post('/api/session', { email: 'ann@example.test', password: 'typed-5ecret' });
  await http.admin.post('/api/mailboxes', {
    type: 'imap',
    name: 'Away',
    address: 'away@example.test',
    ...server,
    port: 9,
    password: 'imap-5ecret',
    enabled: true,
  });
  await http.admin.put('/api/outbound', {
    type: 'smtp',
    ...server,
    port: sink.port,
    password: 'smtp-5ecret',
    from: 'support@demo.test',
  });
  await http.admin.post('/api/outbound/test', { to: 'vera@example.test' });
  await sendMails(http, [{ subject: 'An answer is wanted' }]);
  const warned = (about: RegExp) => http.log.some(({ level, message }) => level === 'warn' && about.test(message));
  await until('both ways failed', () => warned(/mailbox cannot be read/) && warned(/Outgoing mail is suspended/));
  await sink.stop();

  const log = inspect(http.log, { depth: 20, maxStringLength: null, maxArrayLength: null });
  expect(log).not.toMatch(/5ecret/);
  expect(log).not.toContain(made);
  expect(log).not.toContain(Buffer.from('\0user\0smtp-5ecret').toString('base64'));
});

test('what a mail server was shown and refused stands in no log, as it is or encoded', async () => {
  const [dovecot, ews] = await Promise.all([startDovecot(), startEwsServer()]);
  onTestFinished(async () => {
    await Promise.all([dovecot.stop(), ews.stop()]);
  });
  const password = 'refused-5ecret';
  const shown = { host: '127.0.0.1', security: 'none', username: 'anna', password, enabled: true };

  for (const [type, port] of [
    ['imap', dovecot.ports.imap],
    ['pop3', dovecot.ports.pop3],
    ['ews', ews.port],
  ]) {
    const mailbox = { ...shown, type, port, name: `${type}`, address: `${type}@example.test` };
    expect((await http.admin.post('/api/mailboxes', mailbox)).status).toBe(201);
    expect((await http.admin.post('/api/mailboxes/verify', mailbox)).json.steps.at(-1)).toMatchObject({ ok: false });
  }
  const refused = async () =>
    (await http.admin.get('/api/mailboxes')).json.items.filter(
      ({ status }: { status: { state: string } }) => status.state === 'failed',
    );
  await until('all three were refused', async () => (await refused()).length === 3);

  const log = inspect([http.log, await refused()], { depth: 20, maxStringLength: null, maxArrayLength: null });
  const encoded = ['', 'anna:', '\0anna\0'].map((before) => Buffer.from(before + password).toString('base64'));
  for (const secret of [password, ...encoded]) expect(log).not.toContain(secret);
});
