import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { readParts } from '../../runtime/mail/mail-parts.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import { readAttributes } from '../../runtime/mail/tnef/attributes.ts';
import { readProperties } from '../../runtime/mail/tnef/mapi-properties.ts';
import { readTnef } from '../../runtime/mail/tnef/read-tnef.ts';
import { mailNature } from '../../schemas/mail-nature.ts';
import { seeded } from '../fuzz/mutate.ts';
import { type WrappedMessage, writeTnef } from '../support/tnef.ts';
import { corpusBytes, corpusIsThere, readCorpus } from './corpus.ts';
import { ourContext } from './read-email.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const order: WrappedMessage = {
  text: 'Please see the files.',
  html: '<p>Please see <img src="cid:logo@x"></p>',
  files: [
    { name: 'Bestellung März.pdf', content: '%PDF-1.7', type: 'application/pdf' },
    { name: 'logo.png', content: png, contentId: '<logo@x>' },
  ],
};

function mailWith(packed: Buffer, ...before: string[]): Buffer {
  const wrapped = packed.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      'From: ann@example.com',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...before.map((part) => `--b\r\n${part}`),
      '--b',
      'Content-Type: application/ms-tnef; name="winmail.dat"',
      'Content-Transfer-Encoding: base64',
      '',
      wrapped,
      '--b',
      'Content-Type: text/csv',
      'Content-Disposition: attachment; filename=last.csv',
      '',
      'a;b',
      '--b--',
      '',
    ].join('\r\n'),
  );
}

describe('what Outlook has wrapped', () => {
  test('is listed behind the parts of the mail, and downloaded by its place', async () => {
    const mail = mailWith(writeTnef(order), 'Content-Type: text/plain\r\n\r\nHello\r\n');

    const email = await parseMail(mail, ourContext, mailLimits);
    const parts = await Promise.all(
      [1, 2, 3, 4].map((attachment) => readParts(mail, { attachment }, mailLimits).then(([part]) => part)),
    );

    expect(email.attachments.map(({ name, type, inline, within }) => [name, type, inline, within])).toEqual([
      ['winmail.dat', 'application/ms-tnef', false, undefined],
      ['last.csv', 'text/csv', false, undefined],
      ['Bestellung März.pdf', 'application/pdf', false, 'winmail.dat'],
      ['logo.png', 'image/png', false, 'winmail.dat'],
    ]);
    expect(parts.map((part) => part && Buffer.from(part.content).toString('latin1'))).toEqual([
      'a;b',
      '%PDF-1.7',
      png.toString('latin1'),
      undefined,
    ]);
    expect(parts.map((part) => part?.content.length)).toEqual([
      ...email.attachments.slice(1).map(({ size }) => size),
      undefined,
    ]);
    expect(mailNature(email)[0]?.meaning).toContain('unpacked');
    expect(email.text.trim()).toBe('Hello');
  });

  test('is the text of a mail that has no other, with its pictures', async () => {
    const mail = mailWith(writeTnef(order));

    const email = await parseMail(mail, ourContext, mailLimits);
    const pictures = await readParts(mail, 'pictures', mailLimits);

    expect([email.text, email.html]).toEqual([order.text, order.html]);
    expect(email.attachments.find(({ name }) => name === 'logo.png')?.inline).toBe(true);
    expect(pictures.map(({ contentId, type }) => [contentId, type])).toEqual([['logo@x', 'image/png']]);
  });

  test('may be a mail with files of its own, to a bounded depth', () => {
    const nested = (depth: number): Buffer =>
      writeTnef({
        text: `level ${depth}`,
        files: [
          { name: `${depth}.txt`, content: `${depth}` },
          ...(depth < 20 ? [{ name: `inner ${depth}`, content: '', message: nested(depth + 1) }] : []),
        ],
      });

    const { files } = readTnef(nested(1), mailLimits, { files: 1_000 });

    expect(files.slice(0, 3).map(({ name, content }) => [name, content.toString()])).toEqual([
      ['1.txt', '1'],
      ['inner 1.txt', 'level 2'],
      ['2.txt', '2'],
    ]);
    expect(files.at(-1)?.name).toBe(`${mailLimits.tnefDepth}.txt`);
  });

  test('has text in any code page', () => {
    const japanese = Buffer.from('93fa967b8cea', 'hex');
    const packed = writeTnef({ files: [{ name: '', content: 'x' }] });
    packed.writeUInt32LE(932, packed.indexOf(Buffer.from([0xe4, 0x04, 0, 0])));
    const title = packed.indexOf('SHORT~1.DAT');
    japanese.copy(packed, title);
    packed[title + japanese.length] = 0;

    const { files } = readTnef(packed, mailLimits, { files: 10 });

    expect(files.map(({ name }) => name)).toEqual(['日本語']);
  });
});

describe('a wrapping that was made to hurt', () => {
  test.each([
    ['no TNEF', Buffer.from('PNG, or anything')],
    ['empty', Buffer.alloc(0)],
    ['a signature alone', writeTnef({}).subarray(0, 6)],
    ['lengths beyond its end', Buffer.concat([writeTnef({}), Buffer.from([2, 2, 0x90, 6, 0, 255, 255, 255, 255])])],
  ])('%s: nothing is unpacked, and the mail is read', async (_name, packed) => {
    const email = await parseMail(
      mailWith(packed, 'Content-Type: text/plain\r\n\r\nHello\r\n'),
      ourContext,
      mailLimits,
    );

    expect(email.attachments.map(({ name }) => name)).toEqual(['winmail.dat', 'last.csv']);
    expect(mailNature(email)[0]?.meaning).toContain('no files were found');
  });

  test('cut anywhere: the files before the cut are whole, and none is made up', () => {
    const packed = writeTnef(order);
    const whole = readTnef(packed, mailLimits, { files: 10 }).files;

    for (let end = 0; end < packed.length; end += 1) {
      const { files } = readTnef(packed.subarray(0, end), mailLimits, { files: 10 });

      expect(files.every(({ content }, place) => content.equals(whole[place]?.content ?? Buffer.alloc(0)))).toBe(true);
    }
  });

  test('with any bytes wrong: never more than came in, and no error', () => {
    const sound = writeTnef({
      ...order,
      files: [...(order.files ?? []), { name: 'in', content: '', message: writeTnef(order) }],
    });
    const random = seeded(20_261_121);

    for (let round = 0; round < 3_000; round += 1) {
      const packed = Buffer.from(sound);
      for (let wrong = 1 + random(6); wrong > 0; wrong -= 1)
        packed[random(packed.length)] = random(2) * 255 || random(256);
      const { files, text, html } = readTnef(packed, mailLimits, { files: 10 });

      expect(files.length).toBeLessThanOrEqual(20);
      expect(files.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThanOrEqual(2 * packed.length);
      expect(text.length + html.length).toBeLessThanOrEqual(2 * packed.length);
    }
  });

  test('with files without number, or more bytes than are taken: bounded', async () => {
    const many = writeTnef({ files: Array.from({ length: 3_000 }, (_, place) => ({ name: `${place}`, content: '' })) });
    const tight = { ...mailLimits, tnefBytes: 100 };

    const email = await parseMail(mailWith(many), ourContext, mailLimits);
    const packed = await parseMail(mailWith(writeTnef(order)), ourContext, tight);

    expect(email.attachments.length).toBe(2 + mailLimits.parts);
    expect(packed.attachments.map(({ name }) => name)).toEqual(['winmail.dat', 'last.csv']);
  });
});

test.skipIf(!corpusIsThere)(
  'lists of properties that Exchange wrote are read to their end, with those that it named itself',
  () => {
    const mails = readCorpus().filter(({ file }) => /lhost-amazonworkmail-0[1-8]/.test(file));

    const lists = mails.flatMap(({ file }) => {
      const mail = Buffer.from(corpusBytes(file)).toString('latin1');
      const [, packed = ''] = /ms-tnef[\s\S]*?\r?\n\r?\n([\w+/=\s]+?)\r?\n(?:\r?\n|--)/.exec(mail) ?? [];
      return [...readAttributes(Buffer.from(packed, 'base64'))].map(({ data }) => ({
        announced: data.readUInt32LE(0),
        ids: [...readProperties(data).keys()],
      }));
    });

    expect(lists.length).toBeGreaterThan(5);
    for (const { announced, ids } of lists) {
      expect(ids.length).toBe(announced);
      expect(ids).toEqual(expect.arrayContaining([0x3fde, 0x8508]));
    }
  },
);
