import { describe, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import { UserError } from '../../schemas/errors.ts';
import { ourContext, readLines } from './read-email.ts';

describe('what is exactly at the limit is taken, and one more is rejected', () => {
  test('size', async () => {
    const mail = new TextEncoder().encode('From: a@b.example\r\n\r\nHello');

    const email = await parseMail(mail, ourContext, { ...mailLimits, sizeBytes: mail.length });

    expect(email.size).toBe(mail.length);
    await expect(parseMail(mail, ourContext, { ...mailLimits, sizeBytes: mail.length - 1 })).rejects.toSatisfy(
      isUserError('mail-too-large'),
    );
  });

  test('header bytes', async () => {
    const lines = [`Subject: ${'x'.repeat(1000)}`];
    const headerBytes = 'Subject: \r\n\r\n'.length + 1000;

    const email = await readLines(lines, '', { ...mailLimits, headerBytes });

    expect(email.subject).toHaveLength(1000);
    await expect(readLines(lines, '', { ...mailLimits, headerBytes: headerBytes - 1 })).rejects.toSatisfy(
      isUserError('mail-headers-too-large'),
    );
  });

  test('header fields', async () => {
    const fields = (count: number) => Array.from({ length: count }, (_, index) => `X-Field-${index}: value`);

    const email = await readLines(fields(mailLimits.headerFields));

    expect(Object.keys(email.headers)).toHaveLength(mailLimits.headerFields);
    await expect(readLines(fields(mailLimits.headerFields + 1))).rejects.toSatisfy(
      isUserError('mail-headers-too-large'),
    );
  });

  test('depth', async () => {
    const nested = (depth: number) => {
      const opening = Array.from(
        { length: depth },
        (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}`,
      );
      return [...opening, '\r\ninnermost'].join('\r\n');
    };
    const read = (depth: number) => {
      const [first = '', ...rest] = nested(depth).split('\r\n\r\n');
      return readLines([first], rest.join('\r\n\r\n'));
    };

    const email = await read(mailLimits.depth);

    expect(email.text.trim()).toBe('innermost');
    await expect(read(mailLimits.depth + 1)).rejects.toSatisfy(isUserError('mail-too-deep'));
  });

  test('parts', async () => {
    const read = (parts: number) => {
      const body = Array.from({ length: parts - 1 }, () => '--b\r\nContent-Type: image/png\r\n\r\nx\r\n').join('');
      return readLines(['Content-Type: multipart/mixed; boundary=b'], `${body}--b--`);
    };

    const email = await read(mailLimits.parts);

    expect(email.attachments).toHaveLength(mailLimits.parts - 1);
    await expect(read(mailLimits.parts + 1)).rejects.toSatisfy(isUserError('mail-too-many-parts'));
  });
});

describe('what is over a cutting limit is shortened, and the mail is kept', () => {
  test('addresses', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `p${index}@x.example`).join(', ');

    const email = await readLines([`To: ${many}`, `Cc: ${'a'.repeat(1000)}@x.example, fine@x.example`]);

    expect(email.to).toHaveLength(mailLimits.addresses);
    expect(email.cc.map(({ address }) => address)).toEqual(['fine@x.example']);
  });

  test('references: the newest are kept', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `<${index}@x.example>`).join(' ');

    const email = await readLines([`References: ${ids}`]);

    expect(email.references).toHaveLength(mailLimits.references);
    expect(email.references.at(-1)).toBe('499@x.example');
  });

  test('text', async () => {
    const email = await readLines(['From: a@b.example'], 'word '.repeat(100), { ...mailLimits, textChars: 50 });

    expect(email.text).toHaveLength(50);
  });
});

function isUserError(code: string) {
  return (error: unknown) => error instanceof UserError && error.code === code;
}
