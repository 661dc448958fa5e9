/** Numbers from a seed: the same in every run. Below `below`, from 0. */
export type Random = (below: number) => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What a mail parser takes for more than text. */
const telling = [
  ...[
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
    '(',
    ')',
    '\\',
    '\x80',
    '\xff',
    '\u001b$B',
  ],
  ...[
    'multipart/mixed',
    'message/rfc822',
    'base64',
    'quoted-printable',
    'uuencode',
    'charset=utf-7',
    'charset=x',
    'boundary=',
  ],
  ...[
    'Content-Type: multipart/mixed; boundary=""\r\n',
    'Content-Transfer-Encoding: x\r\n',
    '__proto__: x\r\n',
    'begin 644 x\r\n',
  ],
  ...['=?utf-8?B?//79?=', '=?x?Q?=FF?=', 'filename*0*=', "utf-8''%", '<!--', '<style>', '&#x0;', 'On x wrote:\r\n> '],
];

/** One to eight changes: a byte, a gap, a telling piece, a repetition, two halves of different mails. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Buffer {
  let mail = Buffer.from(bytes);
  for (let changes = 1 + random(8); changes > 0; changes -= 1) {
    const at = random(mail.length);
    const piece = Buffer.from(telling[random(telling.length)] ?? '', 'latin1');
    const kind = random(6);
    if (kind === 0 && mail.length > 0) mail[at] = random(256);
    else if (kind === 1) mail = Buffer.concat([mail.subarray(0, at), mail.subarray(at + random(40))]);
    else if (kind === 2) mail = Buffer.concat([mail, mail.subarray(at, at + random(200))]);
    else if (kind === 3) mail = Buffer.concat([mail.subarray(0, at), other.subarray(random(other.length))]);
    else mail = Buffer.concat([mail.subarray(0, at), piece, mail.subarray(at)]);
  }
  return mail;
}
