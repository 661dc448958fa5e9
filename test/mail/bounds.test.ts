import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { createMailParser, type MailParser } from '../../runtime/mail/mail-parser.ts';
import { ourContext } from './read-email.ts';

let parser: MailParser;
beforeAll(() => {
  parser = createMailParser({ workers: 1 });
});
afterAll(() => parser.close());

const mail = (head: string, body: string | Buffer) =>
  Buffer.concat([Buffer.from(`From: a@b.example\r\n${head}\r\n\r\n`), Buffer.from(body)]);
const line = (megabytes: number) => Buffer.alloc(megabytes * 1_000_000, 'x');
const nested = (depth: number) =>
  Array.from({ length: depth }, (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`);

/** The heap of a thread is bounded: what needs more of it costs the thread, which is replaced, and this one mail. */
test.each([
  [
    '10,000 parts',
    mail('Content-Type: multipart/mixed; boundary=b', '--b\r\n\r\nx\r\n'.repeat(10_000)),
    'mail-too-many-parts',
  ],
  [
    '100 multiparts in each other',
    mail('Content-Type: multipart/mixed; boundary=b0', nested(100).join('')),
    'mail-too-deep',
  ],
  ['a header line of 50 MB', mail(`Subject: ${line(50)}`, 'x'), 'mail-headers-too-large'],
  [
    'a header line of 50 MB in a part',
    mail('Content-Type: multipart/mixed; boundary=b', Buffer.concat([Buffer.from('--b\r\nX: '), line(50)])),
    'mail-headers-too-large',
  ],
  ['a text line of 50 MB', mail('Content-Type: text/plain', line(50)), null],
  ['an HTML line of 50 MB', mail('Content-Type: text/html', line(50)), null],
  ['a base64 line of 50 MB', mail('Content-Type: text/plain\r\nContent-Transfer-Encoding: base64', line(50)), null],
  [
    'a quoted-printable line of 50 MB',
    mail('Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable', line(50)),
    null,
  ],
  [
    'an attachment of one line of 50 MB',
    mail(
      'Content-Type: multipart/mixed; boundary=b',
      Buffer.concat([
        Buffer.from('--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
        line(50),
      ]),
    ),
    null,
  ],
  [
    '50 MB of boundaries',
    mail('Content-Type: multipart/mixed; boundary=b', '\r\n--b'.repeat(10_000_000)),
    'mail-too-many-parts',
  ],
  // Which bound is met first depends on the machine: memory or time.
  [
    '50 MB of empty lines',
    mail('Content-Type: text/plain', '\r\n'.repeat(25_000_000)),
    ['parser-crashed', 'parse-timeout'],
  ],
])(
  '%s: read or refused in bounds, by next to nothing of the thread that serves',
  { timeout: 60_000 },
  async (_case, bytes, code) => {
    const before = process.threadCpuUsage();
    const outcome = await parser.parse(bytes, ourContext).catch((error: unknown) => error);
    const ours = process.threadCpuUsage(before);
    const after = await parser.parse(mail('Subject: next', 'x'), ourContext);

    if (code === null) expect(outcome).toMatchObject({ from: { address: 'a@b.example' } });
    else expect([code].flat()).toContain(Reflect.get(Object(outcome), 'code'));
    if (code === null) expect(JSON.stringify(outcome).length).toBeLessThan(mailLimits.textChars * 3);
    expect(after.subject).toBe('next');
    // Processor time and not the clock: what other programs on the machine take is not ours. Copying 50 MB costs some 50 ms.
    expect((ours.user + ours.system) / 1000).toBeLessThan(250);
  },
);
