import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { credentialsOf, type GetCredentials } from '../../runtime/authorisations/credentials.ts';
import { verifyImap } from '../../runtime/mailboxes/imap/verify.ts';
import { createImapSource } from '../../runtime/mailboxes/imap.ts';
import { verifyPop3 } from '../../runtime/mailboxes/pop3/verify.ts';
import { createPop3Source } from '../../runtime/mailboxes/pop3.ts';
import type { Source } from '../../runtime/mailboxes/source.ts';
import type { OutgoingMail } from '../../runtime/outbound/sender.ts';
import { createSmtpSender } from '../../runtime/outbound/smtp-sender.ts';
import { verifySmtp } from '../../runtime/outbound/verify-smtp.ts';
import { createFarEnd, type FarEnd, imapMailbox, pop3Mailbox } from '../mailboxes/far-end.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { startTellingProxy } from '../support/telling-proxy.ts';
import { until } from '../support/until.ts';
import { openRig, type Rig, redirectUri } from './rig.ts';

let folder: string;
let provider: IdentityProvider;
let dovecot: Dovecot;
let rig: Rig;
let farEnd: FarEnd;
let source: Source | undefined;
let credentials: GetCredentials;

const timing = {
  pollMs: 200,
  quietMs: 5_000,
  retry: { firstMs: 50, longestMs: 200 },
  retryFailed: { firstMs: 60_000, longestMs: 60_000 },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  provider = await startIdentityProvider(folder, [redirectUri]);
  dovecot = await startDovecot({ introspectionUrl: provider.introspectionUrl, compress: true });
});
afterAll(async () => {
  await dovecot.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  provider.intercept = () => false;
  provider.accepts = () => true;
  rig = await openRig(provider);
  await rig.add(rig.grant('authorization-code'));
  await rig.signIn();
  farEnd = createFarEnd();
  credentials = credentialsOf(
    { username: 'anna', authorisation: 'mine' },
    { open: rig.settings.open, token: rig.authorisations.token },
  );
});
afterEach(async () => {
  await source?.stop();
  source = undefined;
  await rig.close();
});

const reading = () =>
  until('reading', () => farEnd.status.state === 'connected' && farEnd.status.lastSuccessAt !== undefined);

describe.each(['imap', 'pop3'] as const)('%s by token on a real server', (type) => {
  const mailbox = () => (type === 'imap' ? imapMailbox(dovecot, 'anna') : pop3Mailbox(dovecot, 'anna'));
  const start = () => {
    const context = { ...farEnd.context(mailbox()), credentials };
    source = type === 'imap' ? createImapSource(context, timing) : createPop3Source(context, timing);
    source.start();
  };

  test('mail is taken, also after the token has ended and the sessions were cut', async () => {
    start();
    await reading();
    await dovecot.deliver('anna', makeMail({ subject: 'Before' }));
    await farEnd.waitForMails(1);
    const asked = provider.calls.length;

    provider.revokeTokens();
    await dovecot.kick('anna').catch(() => {});
    await dovecot.deliver('anna', makeMail({ subject: 'After' }));
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Before', 'After']);
    expect(provider.calls.length - asked).toBeGreaterThanOrEqual(1);
    expect(farEnd.statuses.map(({ state }) => state)).not.toContain('failed');
    expect(rig.warnings).toEqual([]);
  });

  test('a token that is never good is replaced once, then waits for a person', async () => {
    await rig.token();
    const asked = provider.calls.length;
    credentials = async (refused) => {
      await rig.token(refused?.kind === 'token' ? await rig.token() : undefined);
      return { kind: 'token', username: 'anna', token: 'no-good-token', expiresAt: 0 };
    };

    start();
    await farEnd.waitForState('failed');

    expect(farEnd.status.lastError).toMatchObject({ code: 'token-refused' });
    expect(provider.calls.length - asked).toBe(1);
    expect(JSON.stringify(farEnd.statuses)).not.toContain('no-good-token');
  });

  test('verify says that the mailbox is open, or that the authorisation is the trouble', async () => {
    const verify = () => (type === 'imap' ? verifyImap(mailbox(), credentials) : verifyPop3(mailbox(), credentials));
    const good = await verify();
    credentials = credentialsOf(
      { username: 'anna', authorisation: 'gone' },
      { open: rig.settings.open, token: rig.authorisations.token },
    );

    const bad = await verify();

    expect(good).toMatchObject({ ok: true });
    expect(bad.steps).toMatchObject([
      { name: 'Authorise', ok: false, message: expect.stringMatching(/no authorisation "gone"/) },
    ]);
  });
});

test('an IMAP session that ends with its token is followed by another at once, with a new token and without an error', async () => {
  const proxy = await startTellingProxy(dovecot.ports.imap);
  const mailbox = imapMailbox(dovecot, 'anna');
  const { imap } = mailbox;
  const context = farEnd.context({ ...mailbox, ...(imap && { imap: { ...imap, port: proxy.port } }) });
  // A pause would outlast the test.
  const patient = { ...timing, retry: { firstMs: 60_000, longestMs: 60_000 } };
  source = createImapSource({ ...context, credentials }, patient);
  source.start();
  await reading();
  const before = farEnd.mails.length;
  const [asked, reported] = [provider.calls.length, farEnd.statuses.length];

  proxy.hangUp('* BYE Session invalidated - AccessTokenExpired');
  await until('a new token', () => provider.calls.length > asked);
  await dovecot.deliver('anna', makeMail({ subject: 'In the next session' }));
  await until('taken', () => farEnd.subjects().includes('In the next session'));
  // A mark that is cut off with its session would be told, too.
  await until('marked', async () => {
    const [mail] = (await dovecot.fetch('anna', 'INBOX', ['uid', 'flags'])).slice(-1);
    return mail?.flags?.includes('\\Seen') ?? false;
  });
  const states = new Set(farEnd.statuses.slice(reported).map(({ state }) => state));
  // A server that ends each session so is not stormed with logins.
  proxy.hangUp('* BYE Session invalidated - AccessTokenExpired');
  await farEnd.waitForState('retrying');
  await proxy.stop();

  expect(proxy.said).not.toMatch(/compress/i);
  expect([...states]).toEqual(['connected']);
  expect(farEnd.mails.length - before).toBe(1);
  expect(provider.calls.length - asked).toBe(1);
  expect(farEnd.warnings).toEqual(['the mailbox cannot be read; trying again later']);
});

test.each(['imap', 'pop3'] as const)('%s by OAUTHBEARER, where the server knows nothing else', async (type) => {
  const other = await startDovecot({ introspectionUrl: provider.introspectionUrl, mechanism: 'oauthbearer' });
  const proxy = await startTellingProxy(other.ports[type]);
  const mailbox = type === 'imap' ? imapMailbox(other, 'anna') : pop3Mailbox(other, 'anna');
  const server = { ...(mailbox.imap ?? mailbox.pop3), port: proxy.port };
  const verify = type === 'imap' ? verifyImap : verifyPop3;

  // The port alone is another one.
  const good = await verify({ ...mailbox, [type]: server } as typeof mailbox, credentials);
  provider.accepts = () => false;
  const bad = await verify({ ...mailbox, [type]: server } as typeof mailbox, credentials);
  await proxy.stop();
  await other.stop();

  expect(good).toMatchObject({ ok: true });
  expect(proxy.said).toMatch(/AUTH(ENTICATE)? OAUTHBEARER/);
  expect(bad.steps.at(-1)).toMatchObject({ name: 'Log in', ok: false, message: expect.stringContaining('the token') });
});

test('smtp by OAUTHBEARER, where the server knows nothing else: mail leaves, and a refused token is replaced once', async () => {
  const sink = await startSmtpSink();
  const { introspectionUrl } = provider;
  const other = await startDovecot({ introspectionUrl, mechanism: 'oauthbearer', relayPort: sink.port });
  const proxy = await startTellingProxy(other.ports.submission);
  const smtp = { host: '127.0.0.1', port: proxy.port, security: 'none' as const, username: 'anna' };
  const send = async () => {
    const sender = createSmtpSender({ smtp, credentials, mailsPerConnection: 1 });
    const envelope = { from: 'anna@example.test', to: 'vera@example.test', id: 'a' };
    const raw = Buffer.from('Subject: By token\r\n\r\nHello\r\n');
    const result = await sender.send({ envelope, raw }, new AbortController().signal);
    await sender.close();
    return result;
  };

  const good = await send();
  const asked = provider.calls.length;
  provider.accepts = () => false;
  const bad = await send();
  const report = await verifySmtp(smtp, credentials, new AbortController().signal);
  await Promise.all([proxy.stop(), other.stop(), sink.stop()]);

  expect(good).toMatchObject({ state: 'sent' });
  expect(sink.mails.map(({ to }) => to)).toEqual([['vera@example.test']]);
  expect(proxy.said).toMatch(/AUTH OAUTHBEARER/);
  expect(bad).toMatchObject({ state: 'unavailable', isLogin: true, reason: expect.stringContaining('the token') });
  expect(report.steps.at(-1)).toMatchObject({ name: 'Log in', ok: false });
  // One for the mail, one for the trial.
  expect(provider.calls.length - asked).toBe(2);
});

describe.each(['google', 'exchange'] as const)(
  'SMTP by XOAUTH2, at a server that refuses as %s does',
  (refusesLike) => {
    let sink: SmtpSink;
    beforeEach(async () => {
      const isGood = async (username: string, token: string) => {
        const answer = await fetch(provider.introspectionUrl, { method: 'POST', body: new URLSearchParams({ token }) });
        const said = (await answer.json()) as { active: boolean; username?: string };
        return said.active && said.username === username;
      };
      sink = await startSmtpSink({ tokens: { isGood, refusesLike } });
    });
    afterEach(() => sink.stop());

    const smtp = () => ({ host: sink.host, port: sink.port, security: 'none' as const, username: 'anna' });
    const mail: OutgoingMail = {
      envelope: { from: 'anna@example.test', to: 'vera@example.test', id: 'a' },
      raw: Buffer.from('Subject: By token\r\n\r\nHello\r\n'),
    };
    const send = async () => {
      const sender = createSmtpSender({ smtp: smtp(), credentials, mailsPerConnection: 1 });
      const result = await sender.send(mail, new AbortController().signal);
      await sender.close();
      return result;
    };
    const verify = () => verifySmtp(smtp(), credentials, new AbortController().signal);

    test('mail leaves, also with a token that was withdrawn before its time', async () => {
      const first = await send();
      const asked = provider.calls.length;
      provider.revokeTokens();
      const second = await send();

      expect([first.state, second.state]).toEqual(['sent', 'sent']);
      expect(provider.calls.length - asked).toBe(1);
      expect(sink.mails).toHaveLength(2);
    });

    test('a token that is never good is replaced once, then somebody has to look', async () => {
      await rig.token();
      const asked = provider.calls.length;
      provider.accepts = () => false;

      const result = await send();
      const report = await verify();

      expect(result).toMatchObject({ state: 'unavailable', isLogin: true });
      expect(JSON.stringify(result)).toMatch(/refused the token/);
      expect(report.steps.at(-1)).toMatchObject({ name: 'Log in', ok: false });
      expect(JSON.stringify([result, report])).not.toContain(await rig.token());
      // One for the mail, one for the trial.
      expect(provider.calls.length - asked).toBe(2);
    });

    test('where the provider gives no token, its words are told, and the server is not asked', async () => {
      provider.revokeTokens();
      rig.clock.ahead = 3_590_000;
      provider.intercept = (_request, response) => {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: 'invalid_grant' }));
        return true;
      };

      const result = await send();
      const report = await verify();

      expect(result).toMatchObject({
        state: 'unavailable',
        isLogin: true,
        reason: expect.stringMatching(/^Mine: .*consent/),
      });
      expect(report.steps).toMatchObject([{ name: 'Authorise', ok: false }]);
      expect(sink.mails).toHaveLength(0);
    });
  },
);
