import { expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import { addText, keptTextBytes, shortenMail } from '../../runtime/mail/shorten.ts';
import { makeMailWithAttachment } from '../support/mails.ts';

const parse = (bytes: Uint8Array) => parseMail(bytes, { own: { addresses: [], installation: '' } }, mailLimits);

test('keeps head, text and the names of attachments, whatever the place where the mail was cut', async () => {
  const whole = makeMailWithAttachment(1, { subject: 'Fotos für Ödön', text: 'Grüße und ein Foto.' });

  for (const length of [whole.byteLength, 700_001, 5_000]) {
    const short = shortenMail(whole.subarray(0, length));
    const email = await parse(short?.bytes ?? new Uint8Array());

    expect(short?.bytes.byteLength).toBeLessThan(1_000);
    expect(email).toMatchObject({ text: expect.stringContaining('ein Foto.'), attachments: [{ name: 'scan.bin' }] });
    expect(short?.hasText).toBe(true);
  }
});

test('cuts an endless text at the end of a line', async () => {
  const line = `${'=C3=A4'.repeat(12)}\r\n`;
  const head = 'From: a@b.example\r\nSubject: Long\r\nContent-Type: text/plain; charset=utf-8\r\n';
  const mail = Buffer.from(`${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${line.repeat(20_000)}`);

  const short = shortenMail(mail);
  const email = await parse(short?.bytes ?? new Uint8Array());

  expect(short?.bytes.byteLength).toBeLessThanOrEqual(keptTextBytes + 200);
  expect(email.text.replace(/[ä\s]/g, '')).toBe('');
});

test('takes a text that stands behind megabytes as a part of its own', async () => {
  const whole = makeMailWithAttachment(1, { subject: 'Scan first', text: 'The words come last.' }).toString('latin1');
  const boundary = /boundary="([^"]+)"/.exec(whole)?.[1] ?? '';
  const [head = '', text = '', scan = ''] = whole.split(`--${boundary}\r\n`);
  const turned = [head, scan.replace(`--${boundary}--\r\n`, ''), text].join(`--${boundary}\r\n`);
  const [partHeader = '', words = ''] = text.split(/(?<=\r\n\r\n)/);

  const short = shortenMail(Buffer.from(turned.slice(0, 400_000), 'latin1'));
  const email = await parse(addText(short?.bytes ?? Buffer.alloc(0), Buffer.from(partHeader), Buffer.from(words)));

  expect(short?.hasText).toBe(false);
  expect(email.text.trim()).toBe('The words come last.');
  expect(email.attachments.map(({ name }) => name)).toEqual(['scan.bin']);
});

test('gives up where not even a head can be read', () => {
  expect(shortenMail(Buffer.from(`Subject: ${'x'.repeat(400_000)}`))).toBeNull();
});
