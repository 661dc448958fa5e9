import fc from 'fast-check';

/** Values that are half right, which a mutation of right ones seldom finds. */
const charset = fc.constantFrom(
  'utf-8',
  'us-ascii',
  'iso-2022-jp',
  'gb18030',
  'utf-7',
  'utf-16',
  'windows-1252',
  'none',
  '"',
  '',
);
const encoding = fc.constantFrom('7bit', '8bit', 'base64', 'quoted-printable', 'x-uuencode', 'BASE64 ', 'gzip', '');
const leafType = fc.constantFrom(
  ...['text/plain', 'text/html', 'text/calendar; method=REPLY', 'image/png', 'application/ms-tnef', 'message/rfc822'],
  ...['message/delivery-status', "application/octet-stream; name*=utf-8''%E2%82", 'text', '/', ''],
);
const multipart = fc.constantFrom(
  'mixed',
  'alternative',
  'related',
  'report; report-type=delivery-status',
  'signed',
  'x',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  fc.constantFrom('=E4=\r\n=', '> quoted\r\nanswer', '<p>x<style>', 'begin 644 a\r\n#0V%T\r\n`\r\nend\r\n'),
);
const headers = fc.array(
  fc.tuple(
    fc.constantFrom(
      'Subject',
      'From',
      'To',
      'Reply-To',
      'Date',
      'Message-ID',
      'References',
      '__proto__',
      'Return-Path',
      'X',
    ),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.emailAddress(), fc.constant('=?utf-8?B?w6TDtg?= <a@b>')),
  ),
  { maxLength: 8 },
);

const { part } = fc.letrec<{ part: string; leaf: string; tree: string }>((tie) => ({
  part: fc.oneof({ depthSize: 'small', maxDepth: 6 }, tie('leaf'), tie('tree')),
  leaf: fc
    .tuple(leafType, charset, encoding, fc.boolean(), text)
    .map(([type, set, how, isAttached, content]) =>
      [
        `Content-Type: ${type}; charset=${set}`,
        `Content-Transfer-Encoding: ${how}`,
        ...(isAttached ? ['Content-Disposition: attachment; filename="x\u202e.exe"', 'Content-ID: <x@y>'] : []),
        '',
        content,
      ].join('\r\n'),
    ),
  tree: fc
    .tuple(multipart, fc.constantFrom('b', 'bb', '', ' ', 'b b'), fc.array(tie('part'), { maxLength: 4 }), fc.boolean())
    .map(([kind, boundary, parts, isClosed]) =>
      [
        `Content-Type: multipart/${kind}; boundary="${boundary}"`,
        '',
        ...parts.map((inner) => `--${boundary}\r\n${inner}`),
        ...(isClosed ? [`--${boundary}--`] : []),
      ].join('\r\n'),
    ),
}));

/** Mails that are built like mails, out of parts that are wrong in many ways. */
export const anyMail = fc
  .tuple(headers, part)
  .map(([lines, body]) =>
    Buffer.from([...lines.map(([name, value]) => `${name}: ${value}`), `MIME-Version: 1.0\r\n${body}`].join('\r\n')),
  );
