import { afterAll, describe, expect, test } from 'vitest';
import { mailLimits } from '../../runtime/mail/limits.ts';
import { createMailParser } from '../../runtime/mail/mail-parser.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import { emailBytes, ourContext, readLines } from './read-email.ts';

const names = [
  'customer-with-list-of-people',
  'invoice-from-no-reply',
  'bounce-failed',
  'html-only',
  'latin1-undeclared',
];

describe('a mail that was broken on the way or made to break us', () => {
  const parser = createMailParser({ workers: 1 });
  afterAll(() => parser.close());

  test('parses or is rejected with our own errors, whatever bytes change', { timeout: 120_000 }, async () => {
    const random = seeded(20261121);
    const mutants = names.flatMap((name) => Array.from({ length: 300 }, () => mutate(emailBytes(name), random)));

    const results = await Promise.allSettled(mutants.map((mutant) => parser.parse(mutant, ourContext)));

    const strange = results.filter(
      (result) =>
        result.status === 'rejected' &&
        !(result.reason instanceof UserError || result.reason instanceof OperationalError),
    );
    expect(strange).toEqual([]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(results.length * 0.9);
  });

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

  const long = 30_000;
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
    ['nesting', '<div>'.repeat(50_000)],
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

/** A small generator with a seed: the same mutants in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const telling = [
  '\r\n',
  '\n\n',
  '\r',
  '--',
  '=?',
  '?=',
  '"',
  '<',
  '>',
  ':',
  ';',
  '=',
  '\0',
  ' ',
  'multipart/mixed',
  'message/rfc822',
  'base64',
];

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let mail = Buffer.from(bytes);
  for (let changes = 1 + random(8); changes > 0; changes -= 1) {
    const at = random(mail.length);
    const piece = Buffer.from(telling[random(telling.length)] ?? '', 'latin1');
    const kind = random(4);
    if (kind === 0) mail[at] = random(256);
    else if (kind === 1)
      mail = Buffer.concat([mail.subarray(0, at), mail.subarray(Math.min(mail.length, at + random(40)))]);
    else if (kind === 2) mail = Buffer.concat([mail.subarray(0, at), piece, mail.subarray(at)]);
    else mail = Buffer.concat([mail, mail.subarray(at, at + random(200))]);
    if (mail.length === 0) return mail;
  }
  return mail;
}
