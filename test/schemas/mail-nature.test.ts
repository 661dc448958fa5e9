import { expect, test } from 'vitest';
import { mailNature } from '../../schemas/mail-nature.ts';
import { readLines } from '../mail/read-email.ts';

const person = ['From: Ann <ann@a.example>', 'To: support@demo.test', 'Subject: Meeting', 'MIME-Version: 1.0'];

const part = (type: string, ...body: string[]) => ['--b', `Content-Type: ${type}`, '', ...body];
const multipart = (type: string, ...parts: string[][]) => [
  ...person,
  `Content-Type: ${type}; boundary="b"`,
  '',
  ...parts.flat(),
  '--b--',
  '',
];
const text = part('text/plain', 'Hello');
const calendar = (method: string) => part(`text/calendar; method=${method}; charset=utf-8`, 'BEGIN:VCALENDAR');
const body = (type: string, ...lines: string[]) => [...person, `Content-Type: ${type}`, '', ...lines];

test.each<[string, string[], string[]]>([
  ['an ordinary mail', body('text/plain', 'Hello'), []],
  [
    'PGP/MIME, locked',
    multipart(
      'multipart/encrypted; protocol="application/pgp-encrypted"',
      part('application/pgp-encrypted', 'Version: 1'),
      part('application/octet-stream; name=encrypted.asc', '-----BEGIN PGP MESSAGE-----'),
    ),
    ['encrypted, PGP'],
  ],
  ['PGP in the text', body('text/plain', '-----BEGIN PGP MESSAGE-----', '', 'hQEM'), ['encrypted, PGP']],
  [
    'PGP/MIME, signed',
    multipart('multipart/signed; protocol="application/pgp-signature"', text, part('application/pgp-signature', 'iQ')),
    ['signed, PGP'],
  ],
  [
    'S/MIME, locked',
    body('application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'MIIB'),
    ['encrypted, S/MIME'],
  ],
  [
    'S/MIME, signed around the text',
    body('application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', 'MIIB'),
    ['signed, S/MIME'],
  ],
  [
    'S/MIME, signed beside the text',
    multipart(
      'multipart/signed; protocol="application/pkcs7-signature"',
      text,
      part('application/pkcs7-signature', 'MI'),
    ),
    ['signed, S/MIME'],
  ],
  ['an invitation', multipart('multipart/alternative', text, calendar('REQUEST')), ['invitation']],
  ['an answer to one', multipart('multipart/alternative', text, calendar('REPLY')), ['answer to an invitation']],
  [
    'TNEF',
    multipart('multipart/mixed', text, part('application/ms-tnef; name=winmail.dat', 'x')),
    ['wrapped by Outlook'],
  ],
  [
    'uuencode',
    body('text/plain', 'See below', 'begin 644 price.txt', '#0V%T', '`', 'end'),
    ['uuencoded file in the text'],
  ],
])('%s is told', async (_, lines, expected) => {
  const email = await readLines(lines);

  expect(mailNature(email).map(({ text }) => text)).toEqual(expected);
});

test.each([
  ['REPLY', false],
  ['COUNTER', false],
  ['DECLINECOUNTER', false],
  ['REFRESH', false],
  ['REQUEST', true],
  ['CANCEL', true],
])('a calendar program that says %s may be answered: %s', async (method, mayBeAnswered) => {
  const email = await readLines(multipart('multipart/alternative', text, calendar(method)));

  expect(email.mayAutoRespond).toBe(mayBeAnswered);
  expect(email.isAutoReply).toBe(false);
});
