import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { openPop3 } from '../../runtime/mailboxes/pop3/connection.ts';
import { createDotBlock } from '../../runtime/mailboxes/pop3/dot-block.ts';
import { createPop3Source } from '../../runtime/mailboxes/pop3.ts';
import type { Source } from '../../runtime/mailboxes/source.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { type ScriptedPop3Server, startPop3Server } from '../support/pop3-server.ts';
import { until } from '../support/until.ts';
import { createFarEnd, type FarEnd } from './far-end.ts';

let server: ScriptedPop3Server;
let farEnd: FarEnd;
let source: Source | undefined;

beforeEach(async () => {
  server = await startPop3Server();
  farEnd = createFarEnd();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await source?.stop();
  await server.stop();
});

const connection = () => ({
  host: '127.0.0.1',
  port: server.port,
  security: 'none' as const,
  username: 'anna',
  password: 'sealed:v1:x',
});

const mail = (subject: string, uidl = subject, body = 'Hello\r\n') => ({
  uidl,
  bytes: Buffer.from(`Subject: ${subject}\r\nMessage-ID: <${subject}@x.example>\r\n\r\n${body}`, 'latin1'),
});

function begin(change: Partial<Mailbox> = {}, timing: { wholeMs?: number } = {}): void {
  const mailbox: Mailbox = {
    id: 'support',
    name: 'support',
    type: 'pop3',
    address: 'support@example.test',
    enabled: true,
    folders: [],
    pollSeconds: 60,
    maxBytes: 1_048_576,
    pop3: connection(),
    ...change,
  };
  source = createPop3Source(farEnd.context(mailbox), {
    pollMs: 50,
    quietMs: 1_000,
    retry: { firstMs: 20, longestMs: 50 },
    retryFailed: { firstMs: 60_000, longestMs: 60_000 },
    ...timing,
  });
  source.start();
}

async function start(...how: Parameters<typeof begin>): Promise<void> {
  begin(...how);
  await until('reading', () => farEnd.status.lastSuccessAt !== undefined);
}

describe('bytes', () => {
  const odd = 'a\n.\nb\r\n.\r\n..\r\n.\rc\r\r\n\0\xff\x80\r\n.x\n\r\n';

  test('come as they are stored: bare LF, bare CR, NUL, dots, 8 bit', async () => {
    await start();
    const odder = mail('Odd', 'u1', odd);

    server.mails = [odder];
    await farEnd.waitForMails(1);

    expect(Buffer.from(farEnd.mails[0]?.bytes ?? []).equals(odder.bytes)).toBe(true);
  });

  test('come as they are wherever the network cuts them', () => {
    const sent = Buffer.from(`${odd.replace(/(^|\r\n)\./g, '$1..')}.\r\n+OK next`, 'latin1');
    for (let first = 0; first < sent.length; first++) {
      for (let second = first; second < sent.length; second++) {
        const block = createDotBlock(1_000);
        const parts = [sent.subarray(0, first), sent.subarray(first, second), sent.subarray(second)];

        let after: Buffer | undefined;
        for (const part of parts) after = after ? Buffer.concat([after, part]) : block.push(part);

        const got = [block.bytes().toString('latin1'), block.size, after?.toString('latin1')];
        // Thousands of cuts: what is right is not worth an assertion each.
        if (got.join('|') !== [odd, odd.length, '+OK next'].join('|')) expect.fail(`cut at ${first} and ${second}`);
      }
    }
  });
});

describe('names of mails', () => {
  test('a server without UIDL is refused in words', async () => {
    server.answer = (line) => (line === 'UIDL' ? '-ERR what is that\r\n' : undefined);

    begin();
    await farEnd.waitForState('failed');

    expect(farEnd.status.lastError?.code).toBe('uidl-missing');
    expect(farEnd.status.lastError?.message).toContain('Use IMAP');
  });

  test('names that are not unique are refused in words', async () => {
    server.mails = [mail('One', 'same'), mail('Two', 'same')];

    begin();
    await farEnd.waitForState('failed');

    expect(farEnd.status.lastError?.code).toBe('uidl-not-unique');
  });

  test('a name that is given to another mail after a deletion stands for a new mail', async () => {
    await start();
    server.mails = [mail('First', 'u1')];
    await farEnd.waitForMails(1);
    server.mails = [];
    await until('seen empty', () => !(farEnd.cursors.get('') ?? '').includes('u1'));

    server.mails = [mail('Second', 'u1')];
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['First', 'Second']);
  });

  test('a maildrop that was empty for a moment is not taken anew', async () => {
    server.mails = [mail('Before')];
    await start();
    server.mails.push(mail('Taken'));
    await farEnd.waitForMails(1);
    const all = server.mails;
    server.mails = [];
    await until('seen empty', () => !(farEnd.cursors.get('') ?? '').includes('Taken'));

    server.mails = [...all, mail('Next')];
    await until('the next', () => farEnd.subjects().includes('Next'));

    expect(farEnd.subjects()).toEqual(['Taken', 'Next']);
  });
});

describe('a mail that the server does not hand over', () => {
  test('keeps back no other, and is quarantined with its head', async () => {
    await start();
    server.answer = (line) => (line === 'RETR 1' ? '-ERR cannot read that\r\n' : undefined);

    server.mails = [mail('Broken'), mail('Fine')];
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Fine', 'Broken']);
    expect(farEnd.mails[1]?.truncated).toBe(true);
  });

  test('because it ends the session, every time, is passed by in the end', async () => {
    await start();
    server.answer = (line) => (/^(RETR|TOP) 1\b/.test(line) ? 'close' : undefined);

    server.mails = [mail('Deadly'), mail('Fine')];
    await farEnd.waitForMails(2);

    expect(farEnd.mails[0]?.truncated).toBe(true);
    expect(farEnd.mails[0]?.bytes).toHaveLength(0);
    expect(farEnd.subjects()[1]).toBe('Fine');
  });

  test('because it drips for ever is given up in its time, even where the clock of this machine runs backwards', async () => {
    await start({}, { wholeMs: 300 });
    let drops: NodeJS.Timeout | undefined;
    server.answer = (line, socket) => {
      if (line !== 'RETR 1') return undefined;
      clearInterval(drops);
      drops = setInterval(() => socket.write('x\r\n'), 10);
      return '+OK\r\n';
    };
    let looks = 0;
    const begun = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => begun - 60_000 * looks++);

    server.mails = [mail('Dripping')];
    await farEnd.waitForState('retrying');
    vi.restoreAllMocks();
    clearInterval(drops);

    expect(farEnd.status.lastError?.code).toBe('pop3-timeout');
  });

  test('because it is far larger than announced, is taken as a head', async () => {
    await start();
    const liar = mail('Liar', 'u1', `${'x'.repeat(76)}\r\n`.repeat(40_000));

    server.mails = [{ ...liar, claims: 500 }, mail('Fine')];
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Liar', 'Fine']);
    expect(farEnd.mails[0]?.truncated).toBe(true);
  });
});

test('a maildrop whose mails are all named anew is taken neither twice nor in part', async () => {
  const dated = (subject: string, uidl: string, day: string) => ({
    uidl,
    bytes: Buffer.from(
      `Received: from x; ${day} 10:00:00 +0000\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\n`,
    ),
  });
  server.mails = [dated('Before', 'a', 'Mon, 2 Nov 2020')];
  await start();
  server.mails = [...server.mails, dated('Taken', 'b', 'Fri, 20 Nov 2099')];
  await farEnd.waitForMails(1);

  server.mails = [
    dated('Before', 'x1', 'Mon, 2 Nov 2020'),
    dated('Taken', 'x2', 'Fri, 20 Nov 2099'),
    dated('New', 'x3', 'Fri, 20 Nov 2099'),
  ];
  await farEnd.waitForMails(2);

  expect(farEnd.subjects()).toEqual(['Taken', 'New']);
});

test('a refused deletion is told while mail goes on', async () => {
  await start({ pop3: { ...connection(), deleteAfterDays: 0 } });
  server.answer = (line) => (line.startsWith('DELE') ? '-ERR read only\r\n' : undefined);

  server.mails = [mail('Stays')];
  await until('the refusal is told', () => farEnd.status.problems?.[0]?.code === 'not-deleted');

  expect(farEnd.status.state).toBe('connected');
  expect(farEnd.subjects()).toEqual(['Stays']);
});

test('mails of the last days are taken at the first contact, by the time in their headers', async () => {
  const received = (subject: string, days: number) => ({
    uidl: subject,
    bytes: Buffer.from(
      `Received: by mx (x);\r\n ${new Date(Date.now() - days * 86_400_000).toUTCString()} (UTC)\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\n`,
    ),
  });
  server.mails = [received('Old', 9), received('Recent', 2), received('Today', 0)];

  await start({ takeDays: 7 });
  await farEnd.waitForMails(2);

  expect(farEnd.subjects()).toEqual(['Recent', 'Today']);
});

describe('talking', () => {
  test('commands run ahead of their answers only where the server can take it', async () => {
    const ahead = async (capabilities: string[]) => {
      server.capabilities = capabilities;
      server.mails = [1, 2, 3].map((number) => mail(`No-${number}`));
      const waiting: string[] = [];
      server.answer = (line, socket) => {
        if (!line.startsWith('RETR')) return undefined;
        waiting.push(line);
        if (waiting.length === 1) setImmediate(() => socket.write('+OK\r\nSubject: x\r\n.\r\n'.repeat(3)));
        return '';
      };
      const open = await openPop3(
        connection(),
        withPassword('anna', 'secret'),
        { quietMs: 300, wholeMs: 2_000 },
        new AbortController().signal,
      );
      const items = (await open.list()).map((each) => ({ ...each, headOnly: false }));
      let atFirst = 0;
      await open.fetch(items, 1_000, async ({ number }) => {
        if (number === 1) atFirst = waiting.length;
      });
      open.close();
      return atFirst;
    };

    expect(await ahead(['UIDL', 'PIPELINING'])).toBe(3);
    expect(await ahead(['UIDL'])).toBe(1);
  });

  test('a token logs in by XOAUTH2 in two lines', async () => {
    server.capabilities = ['UIDL', 'SASL PLAIN XOAUTH2'];
    server.answer = (line) => (line === 'AUTH XOAUTH2' ? '+ \r\n' : undefined);
    const open = await openPop3(
      connection(),
      async () => ({ kind: 'token', username: 'anna', token: 'token', expiresAt: 0 }),
      { quietMs: 1_000, wholeMs: 2_000 },
      new AbortController().signal,
    );

    const mails = await open.list();
    open.close();

    expect(mails).toEqual([]);
    expect(server.commands).toContain('dXNlcj1hbm5hAWF1dGg9QmVhcmVyIHRva2VuAQE=');
  });

  test.each([
    ['-ERR [IN-USE] another session\r\n', 'retrying', 'login-unavailable'],
    ['-ERR maildrop already locked\r\n', 'retrying', 'login-unavailable'],
    ['-ERR [AUTH] no\r\n', 'failed', 'wrong-password'],
    ['* OK this is IMAP\r\n', 'retrying', 'bad-answer'],
    ['close', 'retrying', 'connection-lost'],
  ] as const)('the answer %j to the password is told apart', async (answer, state, code) => {
    server.answer = (line) => (line.startsWith('PASS') ? answer : undefined);

    begin();
    await farEnd.waitForState(state);

    expect(farEnd.status.lastError?.code).toBe(code);
    expect(JSON.stringify(farEnd.statuses)).not.toContain('secret');
  });
});
