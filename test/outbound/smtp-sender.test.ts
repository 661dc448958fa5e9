import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withPassword } from '../../runtime/authorisations/credentials.ts';
import type { SendResult } from '../../runtime/outbound/sender.ts';
import { createSmtpSender } from '../../runtime/outbound/smtp-sender.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { makeCertificate, type ServerCertificate } from '../support/certificates.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { smtpTo } from './fixture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const mail = {
  envelope: { from: '', to: 'vera@example.com', id: 'a' },
  raw: Buffer.from('From: a@b.test\r\nSubject: x\r\n\r\nHello\r\n.\r\n..dots\r\n'),
};
const shortTimeouts = { connect: 300, dialogue: 300, answer: 300 };

function senderOf({ smtp, mailsPerConnection }: OutboundMailbox, pass: string | null, timeouts?: typeof shortTimeouts) {
  if (smtp === undefined) throw new Error('an SMTP server is needed');
  const credentials = pass === null ? null : withPassword(smtp.username ?? '', pass);
  return createSmtpSender({ smtp, mailsPerConnection, credentials, ...(timeouts === undefined ? {} : { timeouts }) });
}

function senderTo(outbound: OutboundMailbox, password: string | null = null, timeouts?: typeof shortTimeouts) {
  const sender = senderOf(outbound, password, timeouts);
  closing.push(() => sender.close());
  return sender;
}

function send(
  outbound: OutboundMailbox,
  password: string | null = null,
  timeouts?: typeof shortTimeouts,
): Promise<SendResult> {
  return senderTo(outbound, password, timeouts).send(mail, new AbortController().signal);
}

async function sink(options?: Parameters<typeof startSmtpSink>[0]) {
  const server = await startSmtpSink(options);
  closing.push(server.stop);
  return server;
}

/** A server that speaks by a script: answers per command, `null` cuts the connection, `undefined` says nothing. */
async function scripted(answers: Record<string, string | null | undefined>) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let inData = false;
    let rest = '';
    const answer = (command: string, usual: string) => {
      const text = Object.hasOwn(answers, command) ? answers[command] : usual;
      if (text === null) socket.destroy();
      else if (text !== undefined) socket.write(`${text}\r\n`);
    };
    answer('greeting', '220 scripted');
    socket.on('data', (chunk) => {
      rest += chunk.toString();
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        received.push(line);
        if (inData) {
          if (line === 'Hello' && Object.hasOwn(answers, 'middle')) answer('middle', '');
          if (line === '.') {
            inData = false;
            answer('dot', '250 taken');
          }
          continue;
        }
        const verb = line.split(/[ :]/)[0] ?? '';
        if (verb === 'DATA') inData = !Object.hasOwn(answers, 'DATA');
        answer(verb, verb === 'DATA' ? '354 go on' : '250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  // A listening TCP server's address is never a string or null.
  return { port: (server.address() as AddressInfo).port, received };
}

describe('what becomes of a mail', () => {
  test.each([
    ['taken', {}, 'sent'],
    ['greeting refused', { greeting: '554 not you' }, 'unavailable'],
    ['closed before the greeting', { greeting: null }, 'unavailable'],
    ['no greeting', { greeting: undefined }, 'unavailable'],
    ['closed at EHLO', { EHLO: null }, 'unavailable'],
    ['sender refused for now', { MAIL: '451 later' }, 'retry'],
    ['sender refused for good', { MAIL: '550 no null sender' }, 'failed'],
    ['login wanted', { MAIL: '530 5.7.0 Authentication required' }, 'unavailable'],
    ['closed at MAIL', { MAIL: null }, 'retry'],
    ['recipient greylisted', { RCPT: '450 4.7.1 greylisted' }, 'retry'],
    ['recipient unknown', { RCPT: '550 5.1.1 unknown' }, 'failed'],
    ['no answer to RCPT', { RCPT: undefined }, 'retry'],
    ['shutting down', { RCPT: '421 4.3.2 closing' }, 'unavailable'],
    ['text refused', { DATA: '554 no' }, 'failed'],
    ['out of step', { DATA: '503 bad sequence' }, 'retry'],
    ['closed at DATA', { DATA: null }, 'retry'],
    ['refused after the dot for now', { dot: '452 full' }, 'retry'],
    ['refused after the dot for good', { dot: '554 spam' }, 'failed'],
    ['shutting down after the dot', { dot: '421 closing' }, 'unavailable'],
    ['closed after the dot', { dot: null }, 'uncertain'],
    ['no answer after the dot', { dot: undefined }, 'uncertain'],
  ] as const)('%s', async (_name, answers, state) => {
    const { port } = await scripted(answers);

    const result = await send(smtpTo(port), null, shortTimeouts);

    expect(result.state).toBe(state);
  });

  test('a connection that breaks in the middle of a long text is tried again, as the server cannot have it all', async () => {
    const { port, received } = await scripted({ middle: null });
    const raw = Buffer.from(`Subject: long\r\n\r\nHello\r\n${'x'.repeat(998)}\r\n`.padEnd(30_000_000, 'y'));

    const sender = senderTo(smtpTo(port), null, shortTimeouts);
    const result = await sender.send({ ...mail, raw }, new AbortController().signal);

    expect(result.state).toBe('retry');
    expect(received).not.toContain('.');
  });

  test('nobody listens', async () => {
    const server = await startSmtpSink();
    await server.stop();

    const result = await send(smtpTo(server.port));

    expect(result).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('cannot be reached') });
  });

  test('an aborted mail resolves at once: before the text it is tried again, after the dot it is uncertain', async () => {
    for (const [answers, state] of [
      [{ RCPT: undefined }, 'retry'],
      [{ dot: undefined }, 'uncertain'],
    ] as const) {
      const { port, received } = await scripted(answers);
      const abort = new AbortController();
      const sending = senderTo(smtpTo(port)).send(mail, abort.signal);
      await expect.poll(() => received.join()).toMatch(state === 'retry' ? /RCPT/ : /,\.$/);

      abort.abort();

      expect((await sending).state).toBe(state);
    }
  });
});

describe('the wire', () => {
  test('bytes arrive as they were, dots included, over one connection for many mails', async () => {
    const server = await sink();
    const sender = senderTo(smtpTo(server.port));
    const signal = new AbortController().signal;

    for (let i = 0; i < 3; i += 1) expect(await sender.send(mail, signal)).toMatchObject({ state: 'sent' });

    expect(server.mails.map(({ raw }) => raw.toString())).toEqual(Array(3).fill(mail.raw.toString()));
  });

  test('a connection that the server closed while idle costs nothing', async () => {
    const first = await sink();
    const sender = senderTo(smtpTo(first.port));
    const signal = new AbortController().signal;
    await sender.send(mail, signal);
    await first.stop();
    const second = await sink({ port: first.port });

    const result = await sender.send(mail, signal);

    expect(result.state).toBe('sent');
    expect(second.mails).toHaveLength(1);
  });

  test('an address with a line break in it reaches no server', async () => {
    const { port, received } = await scripted({});
    const envelope = { from: '', to: 'a@b.test>\r\nRCPT TO:<victim@example.com', id: 'a' };

    const result = await senderTo(smtpTo(port)).send({ ...mail, envelope }, new AbortController().signal);

    expect(result.state).toBe('failed');
    expect(received.join()).not.toContain('victim');
  });
});

test.each(['"eve@evil.example x"@good.example', '"eve@evil.example>"@good.example', 'eve%evil.example@good.example'])(
  'a mail to %s goes to the domain behind the last @, or nowhere',
  async (to) => {
    const { port, received } = await scripted({});

    await senderTo(smtpTo(port)).send({ ...mail, envelope: { from: '', to, id: 'a' } }, new AbortController().signal);

    const recipients = received.filter((line) => line.startsWith('RCPT'));
    expect(recipients.filter((line) => !/@good\.example>( NOTIFY=\S+| ORCPT=\S+)*$/.test(line))).toEqual([]);
  },
);

describe('TLS and login', () => {
  let folder: string;
  let certificate: ServerCertificate;
  let tls: { key: string; cert: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-tls-'));
    certificate = await makeCertificate(folder);
    tls = { key: await readFile(certificate.key, 'utf8'), cert: await readFile(certificate.certificate, 'utf8') };
    return () => rm(folder, { recursive: true });
  });

  test.each(['starttls', 'tls'] as const)('%s with a private authority and a login', async (security) => {
    const login = { username: 'sluice', password: 'right' };
    const server = await sink({ login, tls: { ...tls, secure: security === 'tls' } });
    const outbound = smtpTo(server.port, { host: 'localhost', security, ca: certificate.ca, username: 'sluice' });

    expect(await send(outbound, 'right')).toMatchObject({ state: 'sent' });
    expect(await send(outbound, 'wrong')).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('refused the user name or password'),
    });
    expect(server.mails).toHaveLength(1);
  });

  test.each(['starttls', 'tls'] as const)('%s with an authority that nobody knows is not trusted', async (security) => {
    const server = await sink({ tls: { ...tls, secure: security === 'tls' } });

    const result = await send(smtpTo(server.port, { host: 'localhost', security }));

    expect(result).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('No trusted TLS connection'),
    });
    expect(server.mails).toHaveLength(0);
  });

  test('STARTTLS that a server does not offer is not done without', async () => {
    const { port, received } = await scripted({});

    const result = await send(smtpTo(port, { security: 'starttls', username: 'sluice' }), 'secret', shortTimeouts);

    expect(result.state).toBe('unavailable');
    expect(received.join()).not.toMatch(/AUTH|MAIL/);
  });

  test('no encryption is for this machine only', () => {
    expect(() => senderOf(smtpTo(25, { host: 'mail.example.com' }), null)).toThrowError(
      expect.objectContaining({ code: 'tls-needed' }),
    );
  });
});
