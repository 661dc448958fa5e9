import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, test } from 'vitest';
import { type Answer, compose } from '../../runtime/outbound/compose.ts';

const plain: Answer = {
  from: { address: 'support@demo.test', name: 'Support' },
  to: 'customer@example.test',
  subject: 'Re: My order',
  text: 'Hello,\n\nwe got it.\n',
  messageId: 'sluice.1@demo.test',
  inReplyTo: 'asked@example.test',
  references: ['first@example.test', 'asked@example.test'],
  date: Date.UTC(2026, 0, 2, 3, 4, 5),
  kind: 'auto-replied',
};

test.each([
  ['a link with an equals sign', 'Follow https://demo.test/?order=3Dcafe&x=20 please.'],
  ['a line of thousands of characters', `${'word '.repeat(800)}end`],
  ['text beyond ASCII, with blanks at line ends', 'Grüße  \naus Köln 😀\t'],
])('a reader gets %s as it was written', async (_what, text) => {
  const bytes = compose({ ...plain, text });

  const read = await simpleParser(Buffer.from(bytes));

  expect(read.text).toBe(`${text}\n`);
  expect(read.headers.get('auto-submitted')).toBe('auto-replied');
  for (const line of Buffer.from(bytes).toString('latin1').split('\r\n')) expect(line.length).toBeLessThan(998);
});

test('an answer in HTML carries the text beside it, and no text can break out of its part', async () => {
  const boundary = /boundary="([^"]+)"/.exec(
    Buffer.from(compose({ ...plain, html: '<p></p>' })).toString('latin1'),
  )?.[1];
  const text = `Grüße\n--${boundary}\n--${boundary}--`;
  const html = `<p>Grüße, ${'word '.repeat(300)}<a href="https://demo.test/?a=b">here</a></p>`;

  const bytes = compose({ ...plain, text, html });

  const read = await simpleParser(Buffer.from(bytes));
  expect(Buffer.from(bytes).toString('latin1')).toContain('Content-Type: multipart/alternative');
  expect(boundary).toBeDefined();
  expect(read.text?.trim()).toBe(text);
  expect(String(read.html).trim()).toBe(html);
  expect(read.headers.get('auto-submitted')).toBe('auto-replied');
  expect(read.attachments).toEqual([]);
  for (const line of Buffer.from(bytes).toString('latin1').split('\r\n')) expect(line.length).toBeLessThan(998);
});

test('headers are those of the library, whatever a stranger wrote', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom(
      '',
      ' ',
      'x\r\nBcc: y@z.test',
      'ü'.repeat(90),
      'word '.repeat(40),
      'a"b\\c',
      '=?utf-8?Q?x?=',
      'a@b,c',
    ),
  );
  const id = fc.stringMatching(/^[\x21-\x3b\x3d\x3f-\x7e]{1,90}$/);
  const answers = fc.record({
    from: fc.record({ address: fc.emailAddress(), name: hostile }),
    to: fc.oneof(fc.emailAddress(), hostile),
    subject: hostile,
    text: fc.constant(plain.text),
    messageId: id,
    inReplyTo: fc.option(id),
    references: fc.array(id, { maxLength: 20 }),
    date: fc.integer({ min: 0, max: 2e12 }),
    kind: fc.constantFrom('auto-replied', 'auto-generated'),
  });

  fc.assert(
    fc.property(answers, (answer) => {
      const [head] = Buffer.from(compose(answer)).toString().split('\r\n\r\n');

      expect(head).toBe(headOfLibrary(answer));
    }),
  );
});

/** The library labels pure ASCII "7bit" whatever encoding it is asked for; our text is encoded always. */
function headOfLibrary(answer: Answer): string {
  const composer = new MailComposer({
    from: { ...answer.from },
    to: [{ address: answer.to, name: '' }],
    subject: answer.subject,
    date: new Date(answer.date),
    messageId: `<${answer.messageId}>`,
    ...(answer.inReplyTo === null ? {} : { inReplyTo: `<${answer.inReplyTo}>` }),
    references: answer.references.map((id) => `<${id}>`),
    headers: { 'Auto-Submitted': answer.kind, 'X-Auto-Response-Suppress': 'All' },
    text: answer.text,
    textEncoding: 'quoted-printable',
    xMailer: false,
  });
  return composer.compile().buildHeaders().replace('Encoding: 7bit', 'Encoding: quoted-printable');
}
