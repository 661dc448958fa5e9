import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import { ourContext } from './read-email.ts';

/** The words of a sender, as bytes in a charset. */
const written: [charset: string, words: string, bytes: string][] = [
  ['iso-2022-jp', '注文の件', '1b2442436d4a38244e376f1b2842'],
  ['shift_jis', '注文の件', '928d95b682cc8c8f'],
  ['euc-jp', '注文の件', 'c3edcab8a4ceb7ef'],
  ['gb18030', '订单问题', 'b6a9b5a5cecacce2'],
  ['big5', '訂單問題', 'ad71b3e6b0ddc344'],
  ['euc-kr', '주문 문의', 'c1d6b9ae20b9aec0c7'],
  ['windows-1258', 'Đơn', 'd0f56e'],
  ['koi8-r', 'Вопрос о заказе', 'f7cfd0d2cfd320cf20dac1cbc1dac5'],
  ['windows-1251', 'Вопрос', 'c2eeeff0eef1'],
  ['iso-8859-2', 'Zamówienie', '5a616df37769656e6965'],
  ['iso-8859-7', 'Παραγγελία', 'd0e1f1e1e3e3e5ebdfe1'],
  ['windows-1255', 'הזמנה', 'e4e6eef0e4'],
  ['windows-1256', 'طلب', 'd8e1c8'],
  ['iso-8859-9', 'Sipariş', '536970617269fe'],
  ['tis-620', 'คำสั่งซื้อ', 'a4d3cad1e8a7abd7e9cd'],
];

/** By itself, and beside an attachment: the two ways in which texts are read. */
const bodies = {
  alone: (charset: string, content: Buffer) => [
    Buffer.from(`Content-Type: text/plain; charset=${charset}\r\n\r\n`),
    content,
  ],
  'beside a file': (charset: string, content: Buffer) => [
    Buffer.from(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`,
    ),
    content,
    Buffer.from('\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n'),
  ],
};

async function read(charset: string, content: Buffer, where: keyof typeof bodies) {
  const subject = `Subject: =?${charset}?B?${content.toString('base64')}?=\r\n`;
  const head = Buffer.from(`From: ann@a.example\r\n${subject}`);
  return await parseMail(Buffer.concat([head, ...bodies[where](charset, content)]), ourContext, mailLimits);
}

describe.each(Object.keys(bodies) as (keyof typeof bodies)[])('text %s', (where) => {
  test.each(written)('in %s reads as it was written, in the subject too', async (charset, words, bytes) => {
    const email = await read(charset, Buffer.from(bytes, 'hex'), where);

    expect([email.subject, email.text.trim()]).toEqual([words, words]);
  });

  test.each(['utf-8', 'us-ascii', 'iso-2022-jp', 'utf-7', 'utf-16', 'x-unknown', '"'])(
    'under the wrong name of %s loses nothing that is plain',
    async (charset) => {
      const content = Buffer.from('Invoice 4711 \xe4\x81\xff is open', 'latin1');

      const email = await read(charset, Buffer.concat([content, Buffer.from(' ok')]), where);

      if (charset === 'utf-16') expect(email.text.trim()).not.toBe('');
      else expect(email.text).toMatch(/Invoice 4711 .* is open ok/);
    },
  );
});
