import MailComposer from 'nodemailer/lib/mail-composer';
import { encode, wrap } from 'nodemailer/lib/qp';

/** An answer in parts; every text in it may come from a stranger. */
export interface Answer {
  from: { address: string; name: string };
  to: string;
  subject: string;
  text: string;
  messageId: string;
  inReplyTo: string | null;
  references: readonly string[];
  /** Milliseconds since the epoch. */
  date: number;
  /** RFC 3834 section 5: `auto-replied` answers a mail, `auto-generated` was asked for by nobody's mail. */
  kind: 'auto-replied' | 'auto-generated';
}

/**
 * The complete mail, RFC 5322 bytes. Made in one go, without waiting, since it happens inside of a shared commit.
 * Headers are composed by nodemailer, which folds, encodes and removes line breaks; the text is quoted-printable, so that
 * every line and every octet fits the oldest server.
 */
export function compose(answer: Answer): Uint8Array {
  const composer = new MailComposer({
    from: answer.from,
    to: [{ address: answer.to, name: '' }],
    subject: answer.subject,
    date: new Date(answer.date),
    messageId: `<${answer.messageId}>`,
    ...(answer.inReplyTo === null ? {} : { inReplyTo: `<${answer.inReplyTo}>` }),
    references: answer.references.map((id) => `<${id}>`),
    headers: { 'Auto-Submitted': answer.kind, 'X-Auto-Response-Suppress': 'All' },
    text: answer.text,
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  });
  const text = answer.text.replace(/\r\n|\r|\n/g, '\r\n');
  return Buffer.from(`${composer.compile().buildHeaders()}\r\n\r\n${wrap(encode(text))}\r\n`);
}
