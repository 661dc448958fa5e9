import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

/** An answer in parts; every text in it may come from a stranger. */
export interface Answer {
  from: { address: string; name: string };
  to: string;
  /** Empty for none. */
  replyTo?: string;
  subject: string;
  text: string;
  /** The same as HTML, already cleaned; none for an answer of text alone. */
  html?: string | undefined;
  messageId: string;
  inReplyTo: string | null;
  references: readonly string[];
  /** Milliseconds since the epoch. */
  date: number;
  /** RFC 3834 section 5: `auto-replied` answers a mail, `auto-generated` was asked for by nobody's mail. */
  kind: 'auto-replied' | 'auto-generated';
}

/** Only encodes values; it never gets a header or a content of its own. */
const encoder = new MimeNode('text/plain', { textEncoding: 'Q' });

/**
 * The complete mail, RFC 5322 bytes. Made in one go, without waiting, since it happens inside of a shared commit.
 * Every value goes through nodemailer, which encodes and removes line breaks; the text is quoted-printable, so that every line and every
 * octet fits the oldest server. Its composer would give the same bytes, at six times the work, for parts that an answer does not have.
 */
export function compose(answer: Answer): Uint8Array {
  const head = [
    header('Auto-Submitted', answer.kind),
    header('X-Auto-Response-Suppress', 'All'),
    header('From', answer.from),
    header('To', { address: answer.to, name: '' }),
    ...(answer.replyTo ? [header('Reply-To', { address: answer.replyTo, name: '' })] : []),
    ...(answer.inReplyTo === null ? [] : [header('In-Reply-To', `<${answer.inReplyTo}>`)]),
    ...(answer.references.length === 0
      ? []
      : [header('References', answer.references.map((id) => `<${id}>`).join(' '))]),
    header('Subject', answer.subject),
    header('Message-ID', `<${answer.messageId}>`),
    header('Date', new Date(answer.date).toUTCString().replace('GMT', '+0000')),
  ].filter((line) => line !== '');
  if (answer.html === undefined) {
    return Buffer.from([...head, ...plainPart, '', quotedPrintable(answer.text)].join('\r\n'));
  }
  return Buffer.from(
    [
      ...head,
      'MIME-Version: 1.0',
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      encoding,
      'Content-Type: text/plain; charset=utf-8',
      '',
      // The best form comes last (RFC 2046 section 5.1.4).
      `${quotedPrintable(answer.text)}--${boundary}`,
      encoding,
      'Content-Type: text/html; charset=utf-8',
      '',
      `${quotedPrintable(answer.html)}--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}

const encoding = 'Content-Transfer-Encoding: quoted-printable';
const plainPart = [encoding, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];

/** In quoted-printable an equals sign is never followed by an underline: no text can hold this line. */
const boundary = '=_sluice_alternative';

/** With a line end after it. */
function quotedPrintable(text: string): string {
  return `${wrap(encode(text.replace(/\r\n|\r|\n/g, '\r\n')))}\r\n`;
}

/** What needs no encoding, nor any other care: the common case, and for most of the library's work the only one. */
const plainText = /^[\w.,:;!?'()<>@/+#&%[\]-]+(?: [\w.,:;!?'()<>@/+#&%[\]-]+)*$/;
const plainAddress = /^[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}$/;

/** Empty for an empty value: a header without one is no header. */
function header(name: string, value: string | { address: string; name: string }): string {
  const isPlain =
    typeof value === 'string' ? plainText.test(value) : value.name === '' && plainAddress.test(value.address);
  const text = typeof value === 'string' ? value : value.address;
  const encoded = isPlain ? text : encoder.encodeHeaderValue(name, typeof value === 'string' ? value : { ...value });
  return encoded.trim() === '' ? '' : foldLines(`${name}: ${encoded}`, 76);
}
