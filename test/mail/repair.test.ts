import { describe, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import type { Repair } from '../../schemas/repair.ts';
import { ourContext } from './read-email.ts';

const read = (mail: string, repair: Repair) =>
  parseMail(Buffer.from(mail, 'latin1'), { ...ourContext, repair }, mailLimits);
const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]).toString('latin1');

describe('with another charset', () => {
  test.each([
    ['a mail that names none', `From: a@b.example\r\n\r\n${cyrillic}`],
    [
      'a mail that names a wrong one',
      `From: a@b.example\r\nContent-Type: text/plain; charset="iso-8859-1"; x=y\r\n\r\n${cyrillic}`,
    ],
    [
      'a part that names a wrong one',
      `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain;\r\n charset=us-ascii\r\n\r\n${cyrillic}\r\n--b--\r\n`,
    ],
  ])('%s is read', async (_case, mail) => {
    const email = await read(mail, { charset: 'windows-1251' });

    expect(email.text.trim()).toBe('Привет');
    expect(email.size).toBe(mail.length);
  });
});

describe('as one plain text', () => {
  test('a mail of parts in parts without end is read, header and all', async () => {
    const deep = Array.from(
      { length: 400 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    );

    const email = await read(`From: Ann <a@b.example>\r\nSubject: Help\r\n${deep.join('')}\0the end`, { asText: true });

    expect(email).toMatchObject({ subject: 'Help', from: { address: 'a@b.example' }, attachments: [] });
    expect(email.text).toContain('boundary=b399');
    expect(email.text).toContain(' the end');
  });

  test('of a header that is too large the start is read', async () => {
    const email = await read(`From: a@b.example\r\nSubject: Help\r\nX: ${'y'.repeat(300_000)}\r\n\r\nplease`, {
      asText: true,
    });

    expect(email).toMatchObject({ subject: 'Help', text: 'please' });
  });

  test('what was cut in the middle of an attachment is read, with its text', async () => {
    const cut =
      'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nplease\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0';

    const email = await read(cut, { asText: true });

    expect(email.text).toContain('please');
  });
});

test('nothing to repair changes nothing', async () => {
  const mail = 'From: a@b.example\r\nSubject: x\r\n\r\nHello';

  expect(await read(mail, {})).toEqual(await parseMail(Buffer.from(mail), ourContext, mailLimits));
});
