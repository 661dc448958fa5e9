import { makeMail, newMessageId } from '../support/mails.ts';
import { type PutMail, senderOf } from './account.ts';

export const idHeader = 'X-Fault-Id';

function headOf(mail: PutMail) {
  return {
    from: senderOf(mail),
    to: 'support@demo.test',
    subject: `Question ${mail.id}`,
    messageId: newMessageId(),
    headers: { [idHeader]: mail.id },
  };
}

export function ordinaryMail(mail: PutMail): string {
  return makeMail(headOf(mail));
}

/** Over a limit of the parser: 0 nests too deep, 1 has too many header fields, 2 too many parts. */
export function poisonousMail(mail: PutMail, shape: number): string {
  const { from, to, subject, messageId } = headOf(mail);
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    `${idHeader}: ${mail.id}`,
    'MIME-Version: 1.0',
  ];
  const body =
    shape === 0
      ? nested(200)
      : shape === 1
        ? [...numbered(5_000).map((n) => `X-Field-${n}: ${n}`), '', 'text']
        : [
            'Content-Type: multipart/mixed; boundary=b',
            '',
            ...numbered(3_000).flatMap((n) => ['--b', '', `${n}`]),
            '--b--',
          ];
  return [...head, ...body, ''].join('\r\n');
}

function nested(depth: number): string[] {
  return numbered(depth).flatMap((n) => [
    `Content-Type: multipart/mixed; boundary=b${n}`,
    '',
    `--b${n}`,
    ...(n === depth - 1 ? ['', 'text'] : []),
  ]);
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);
