import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createImapSource } from '../../runtime/mailboxes/imap.ts';
import type { Source } from '../../runtime/mailboxes/source.ts';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { createFarEnd, type FarEnd, imapMailbox, quick, startReading } from './far-end.ts';

let dovecot: Dovecot;
let farEnd: FarEnd;
let source: Source | undefined;

beforeEach(async () => {
  dovecot = await startDovecot();
  farEnd = createFarEnd();
});
afterEach(async () => {
  await source?.stop();
  await dovecot.stop();
});

describe('an IMAP server in trouble', () => {
  test('is read on when it was killed and has come back', async () => {
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'));

    await dovecot.kill();
    await farEnd.waitForState('retrying');
    const { lastError, nextRetryAt } = farEnd.status;
    await dovecot.restart();
    await farEnd.waitForState('connected');
    await dovecot.deliver('anna', makeMail({ subject: 'After' }));
    await farEnd.waitForMails(1);

    expect(['connection-lost', 'connection-refused', 'imap-failed']).toContain(lastError?.code);
    expect(nextRetryAt).toBeDefined();
    expect(farEnd.status.lastError).toBeUndefined();
    expect(farEnd.subjects()).toEqual(['After']);
  });

  test('whose connections are reset is read on, and the process goes on', async () => {
    const proxy = await startCuttingProxy(dovecot.ports.imap);
    onTestFinished(() => proxy.stop());
    const ports = { ...dovecot.ports, imap: proxy.port };
    source = await startReading(farEnd, imapMailbox({ ...dovecot, ports }, 'anna'));

    // An error that nobody listens for would end this process, and the tests with it.
    proxy.reset();
    await farEnd.waitForState('retrying');
    await farEnd.waitForState('connected');
    await dovecot.deliver('anna', makeMail({ subject: 'After' }));
    await farEnd.waitForMails(1);

    expect(farEnd.subjects()).toEqual(['After']);
  });

  test('that freezes is noticed by the deadline of the next poll, and read on when it thaws', async () => {
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'), { ...quick, pollMs: 200, quietMs: 400 });

    await dovecot.freeze();
    await farEnd.waitForState('retrying');
    const error = farEnd.status.lastError;
    await dovecot.thaw();
    await farEnd.waitForState('connected');
    await dovecot.deliver('anna', makeMail({ subject: 'After' }));
    await farEnd.waitForMails(1);

    expect(error?.code).toBe('imap-timeout');
    expect(error?.message).toContain('did not answer while');
    expect(farEnd.subjects()).toEqual(['After']);
  });

  test('that ends every session is not stormed with logins', async () => {
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'), {
      ...quick,
      retry: { firstMs: 100, longestMs: 60_000 },
    });

    for (let i = 0; i < 4; i++) {
      await farEnd.waitForState('connected');
      await dovecot.kick('anna');
      await farEnd.waitForState('retrying');
    }

    const pauses = farEnd.statuses
      .filter(({ nextRetryAt, lastError }) => nextRetryAt && lastError)
      .map(({ nextRetryAt = '', lastError }) => Date.parse(nextRetryAt) - Date.parse(lastError?.at ?? ''));
    expect(pauses).toHaveLength(4);
    expect(pauses[3]).toBeGreaterThanOrEqual(400);
  });

  test('ends within reach: stopping works while connecting to a server that never greets', async () => {
    await dovecot.freeze();
    source = createImapSource(farEnd.context(imapMailbox(dovecot, 'anna')), quick);
    source.start();
    await until('connecting', () => farEnd.statuses.length > 0);

    await source.stop();

    expect(farEnd.status.state).toBe('stopped');
  });
});

describe('a mailbox that is set up wrong says so in words', () => {
  const startFailing = async (change: object, password = 'secret', folders = ['INBOX']) => {
    const mailbox = imapMailbox(dovecot, 'anna', { folders });
    const context = farEnd.context(
      { ...mailbox, imap: { ...mailbox.imap, ...change } as typeof mailbox.imap },
      () => password,
    );
    source = createImapSource(context, { ...quick, retryFailed: { firstMs: 60_000, longestMs: 60_000 } });
    source.start();
    await until('an error', () => farEnd.status.lastError !== undefined);
    return farEnd.status;
  };

  test('wrong password: failed, one try only, and no socket left behind', async () => {
    const status = await startFailing({}, 'wrong');

    expect(status.state).toBe('failed');
    expect(status.lastError?.code).toBe('wrong-password');
    expect(status.lastError?.message).toContain('Check the user name and the password');
    await until('the server saw the end of the connection', async () => /auth failed/.test(await dovecot.log()));
    expect((await dovecot.log()).match(/auth failed/g)).toHaveLength(1);
  });

  test('unknown host', async () => {
    const status = await startFailing({ host: 'imap.nowhere.invalid', security: 'tls' });

    expect(status.state).toBe('retrying');
    expect(['host-unknown', 'dns-unavailable']).toContain(status.lastError?.code);
  });

  test('closed port', async () => {
    const status = await startFailing({ port: await freePort() });

    expect(status.lastError?.code).toBe('connection-refused');
    expect(status.lastError?.message).toContain('993 with TLS');
  });

  test('certificate of an unknown authority', async () => {
    const status = await startFailing({ port: dovecot.ports.imaps, security: 'tls', host: 'localhost' });

    expect(status.state).toBe('failed');
    expect(status.lastError?.code).toBe('tls-untrusted');
  });

  test('TLS on the plaintext port, and plaintext on the TLS port', async () => {
    const status = await startFailing({ security: 'tls' });

    expect(status.lastError?.code).toBe('tls-failed');
  });

  test('no encryption to another machine: never even tried', async () => {
    const status = await startFailing({ host: 'imap.example.test', security: 'none' });

    expect(status.state).toBe('failed');
    expect(status.lastError?.code).toBe('insecure-connection');
  });

  test('a missing folder fails the mailbox when it is the only one', async () => {
    const status = await startFailing({}, 'secret', ['Orders']);

    expect(status.state).toBe('failed');
    expect(status.lastError?.code).toBe('folder-missing');
    expect(status.lastError?.message).toContain('"Orders"');
  });

  test('a missing folder among others is reported, and the others are read', async () => {
    const mailbox = imapMailbox(dovecot, 'anna', { folders: ['INBOX', 'Orders'] });

    source = await startReading(farEnd, mailbox);
    await dovecot.deliver('anna', makeMail({ subject: 'Read all the same' }));
    await farEnd.waitForMails(1);

    expect(
      farEnd.statuses.some(({ state, problems }) => state === 'connected' && problems?.[0]?.code === 'folder-missing'),
    ).toBe(true);
  });
});

describe('encryption', () => {
  test.each([
    ['tls', 'imaps'],
    ['starttls', 'imap'],
  ] as const)('%s works with a private authority', async (security, port) => {
    const mailbox = imapMailbox(dovecot, 'anna');
    const imap = {
      host: 'localhost',
      port: dovecot.ports[port],
      security,
      ca: dovecot.ca,
      username: 'anna',
      password: 'sealed:v1:x',
    };

    source = await startReading(farEnd, { ...mailbox, imap });
    await dovecot.deliver('anna', makeMail());

    await farEnd.waitForMails(1);
  });
});
