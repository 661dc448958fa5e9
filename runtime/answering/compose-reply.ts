import MailComposer from 'nodemailer/lib/mail-composer';

/** A person's answer in parts; names and ids in it come from strangers. */
export interface ReplyParts {
  from: { address: string; name: string };
  to: readonly { address: string; name: string }[];
  cc: readonly { address: string; name: string }[];
  /** Empty for none. */
  replyTo: string;
  subject: string;
  text: string;
  files: readonly { name: string; type: string; bytes: Uint8Array }[];
  messageId: string;
  inReplyTo: string | null;
  references: readonly string[];
  /** Milliseconds since the epoch. */
  date: number;
}

/**
 * The complete mail, RFC 5322 bytes. Every value goes through nodemailer, which encodes it and takes line breaks out; nothing may be read from a
 * file or a URL. It says of itself neither that a machine wrote it, nor that nobody is to answer.
 */
export async function composeReply(reply: ReplyParts): Promise<Uint8Array> {
  const mail = new MailComposer({
    from: { ...reply.from },
    to: reply.to.map((each) => ({ ...each })),
    cc: reply.cc.map((each) => ({ ...each })),
    ...(reply.replyTo === '' ? {} : { replyTo: { address: reply.replyTo, name: '' } }),
    subject: reply.subject,
    text: reply.text.replace(/\r\n|\r|\n/g, '\r\n'),
    textEncoding: 'quoted-printable',
    messageId: `<${reply.messageId}>`,
    ...(reply.inReplyTo === null ? {} : { inReplyTo: `<${reply.inReplyTo}>` }),
    ...(reply.references.length === 0 ? {} : { references: reply.references.map((id) => `<${id}>`) }),
    date: new Date(reply.date),
    attachments: reply.files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      contentDisposition: 'attachment' as const,
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}
