import { randomBytes } from 'node:crypto';

export interface MailOptions {
  from?: string;
  to?: string;
  subject?: string;
  /** Plain text of the mail; the HTML part is made from it. */
  text?: string;
  messageId?: string;
  date?: Date;
  /** Extra header lines, name to value. */
  headers?: Readonly<Record<string, string>>;
}

let serial = 0;

/** Unique on this machine and among parallel test processes. */
export function newMessageId(): string {
  serial += 1;
  return `<${serial}.${randomBytes(8).toString('hex')}@mails.example.test>`;
}

const sentences = [
  'Our order from last week has not arrived yet, and the tracking page has shown the same place since Monday.',
  'Could you please tell us when the parcel will be delivered, and whom we should call if it is not?',
  'The invoice mentions two licences, but we ordered only one; a corrected copy would help our accounts department.',
  'Since the update the export button stays grey for everybody who is not an administrator.',
  'We tried another browser and another computer, with the same result each time.',
  'Thank you for the quick help last time: it was much appreciated in the whole team.',
];

/** An ordinary mail, text and HTML, 2 to 5 kB, CRLF line ends. */
export function makeMail(options: MailOptions = {}): string {
  const boundary = `b-${randomBytes(9).toString('hex')}`;
  const text = options.text ?? longText();
  return [
    ...head(options),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    `--${boundary}`,
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body>${text
      .split('\r\n')
      .map((line) => `<p>${line}</p>`)
      .join('\r\n')}</body></html>`,
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** A mail with a random attachment of `megabytes` before base64, which adds a third. */
export function makeMailWithAttachment(megabytes: number, options: MailOptions = {}): Buffer {
  const boundary = `b-${randomBytes(9).toString('hex')}`;
  const encoded = randomBytes(Math.round(megabytes * 1_048_576))
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  const lines = [
    ...head(options),
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    options.text ?? 'The scan is attached.',
    `--${boundary}`,
    'Content-Type: application/octet-stream; name="scan.bin"',
    'Content-Disposition: attachment; filename="scan.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    encoded,
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** What an out-of-office assistant sends (RFC 3834). */
export function makeAutoReply(options: MailOptions = {}): string {
  return makeMail({
    subject: 'Automatic reply: Your message',
    text: 'I am out of the office until Monday.',
    ...options,
    headers: { 'Auto-Submitted': 'auto-replied', ...options.headers },
  });
}

function head(options: MailOptions): string[] {
  return [
    `From: ${options.from ?? 'Erika Muster <erika@customer.example>'}`,
    `To: ${options.to ?? 'support@demo.test'}`,
    `Subject: ${options.subject ?? `Question ${newMessageId().slice(1, 8)}`}`,
    `Date: ${(options.date ?? new Date()).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${options.messageId ?? newMessageId()}`,
    ...Object.entries(options.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
}

function longText(): string {
  const lines: string[] = ['Hello,', ''];
  const wanted = 900 + Math.floor(Math.random() * 1_100);
  for (let length = 0, i = serial; length < wanted; i++) {
    const sentence = sentences[i % sentences.length] ?? '';
    lines.push(sentence);
    length += sentence.length;
  }
  return [...lines, '', 'Kind regards', 'Erika Muster'].join('\r\n');
}
