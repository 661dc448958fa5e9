import { describe, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import { ourContext, readLines } from './read-email.ts';

describe('a mail that was broken on the way or made to break us', () => {
  test.each([
    ['nothing', ''],
    ['one line end', '\r\n'],
    ['NULs', '\0'.repeat(5_000)],
    ['only a colon', ':'],
    ['only blanks', ' '.repeat(100_000)],
    ['bytes above 127', '\u00ff'.repeat(10_000)],
  ])('%s is a mail without content', async (_case, text) => {
    const email = await parseMail(Buffer.from(text, 'latin1'), ourContext, mailLimits);

    expect(email.from.address).toBe('');
    expect(email.mayAutoRespond).toBe(false);
  });

  // All that a header block may hold; what is read of one value ends much earlier.
  const long = 200_000;
  test.each([
    ['encoded words', `Subject: ${'=?utf-8?Q?=41?= '.repeat(long / 16)}`],
    ['open encoded words', `Subject: ${'=?utf-8?Q?'.repeat(long / 10)}`],
    ['open comments', `Date: ${'('.repeat(long)}`],
    ['open comments before the keyword', `Auto-Submitted: ${'('.repeat(long)}`],
    ['open quotation marks', `To: ${'"'.repeat(long)}`],
    ['open brackets', `To: ${'<'.repeat(long)}`],
    ['nested groups', `To: ${'a:'.repeat(long / 2)}`],
    ['commas', `To: ${','.repeat(long)}`],
    ['at signs', `From: ${'@'.repeat(long)}`],
    ['references', `References: ${'<'.repeat(long)}`],
    ['parameters', `Content-Type: multipart/mixed; ${'a="b'.repeat(long / 4)}`],
    [
      'continued parameters',
      `Content-Type: text/plain; ${Array.from({ length: 1_500 }, (_, i) => `name*${i}*=x`).join('; ')}`,
    ],
    ['separators in the sender', `From: ${'a-.'.repeat(90)}-noreply@x.example`],
    ['blanks in the subject', `Subject: delivery${' '.repeat(long)}x`],
  ])('a header full of %s costs no more than its length', async (_case, line) => {
    const email = await readLines(['From: a@b.example', line]);

    expect(email.size).toBeGreaterThan(100);
  });

  test.each([
    ['On On On', 'On '.repeat(20_000)],
    ['attributions that never end', `${'On Monday, Ann\n'.repeat(3_000)}`],
    ['Dutch ones', 'Op x schreef y:'.repeat(3_000)],
    ['blanks', ' '.repeat(100_000)],
    ['empty lines', '\n'.repeat(100_000)],
    ['quotation marks', '>'.repeat(100_000)],
    ['quotation marks, one a line', '>\n'.repeat(50_000)],
    ['hyphens', '-'.repeat(100_000)],
    ['From: lines', 'From: x\n'.repeat(20_000)],
    ['addresses', '<a@b'.repeat(25_000)],
  ])('a text full of %s costs no more than its length', async (_case, text) => {
    const email = await readLines(['From: MAILER-DAEMON@b.example', 'Return-Path: <>'], text);

    expect(email.replyText.length).toBeLessThanOrEqual(text.length);
  });

  test.each([
    // More than is turned into text, which costs by the square of the depth.
    ['nesting', '<div>'.repeat(400_000)],
    ['open tags', '<'.repeat(200_000)],
    ['open comments', '<!--'.repeat(50_000)],
    ['entities', '&amp;'.repeat(50_000)],
    ['attributes', `<p ${'a=b '.repeat(50_000)}>`],
    ['tables', '<table><tr><td>'.repeat(10_000)],
  ])('HTML full of %s is read in bounds', async (_case, html) => {
    const email = await readLines(['From: a@b.example', 'Content-Type: text/html'], html);

    expect(email.html).toContain(html.slice(0, 10));
  });
});
