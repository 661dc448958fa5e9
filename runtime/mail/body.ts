import { Buffer } from 'node:buffer';
import { type AttachmentStream, MailParser, type MailParserOptions, type MessageText } from 'mailparser';
import type { Attachment } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { MailLimits } from './limits.ts';
import type { RawMessage } from './raw-message.ts';

/** What the MIME tree holds. Attachments' content is counted and dropped while it streams by. */
export interface MailBody {
  text: string;
  html: string;
  attachments: Attachment[];
  /** The first characters of machine-readable report parts (RFC 3464, 8098, 5965) and of the header of the mail they are about. */
  reports: Report[];
}

export interface Report {
  type: string;
  content: string;
}

const reportTypes = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'text/rfc822-headers',
  'message/rfc822',
]);

/** Slices this long let attachment bytes be released while the next slice is parsed, so that memory stays flat. */
const sliceBytes = 256 * 1024;

/** The splitter's own options, which mailparser hands through but does not type. */
interface SplitterOptions extends MailParserOptions {
  /** A forwarded mail is an attachment; its text is not what the sender wrote. */
  ignoreEmbedded: boolean;
  maxChildNodes: number;
  maxHeadSize: number;
}

/**
 * Parses the body with mailparser, which gets only the header fields that describe the body: the others are read once, elsewhere.
 * @param textIntoHtml puts the text parts into the HTML too, in their place
 */
export function readBody(message: RawMessage, textIntoHtml: boolean, limits: MailLimits): Promise<MailBody> {
  const options: SplitterOptions = {
    skipHtmlToText: true,
    skipTextToHtml: !textIntoHtml,
    skipTextLinks: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    maxChildNodes: limits.parts + 1,
    maxHeadSize: limits.partHeaderBytes,
  };
  const parser = new MailParser(options);
  const body: MailBody = { text: '', html: '', attachments: [], reports: [] };
  return new Promise((resolve, reject) => {
    parser.on('data', (data: AttachmentStream | MessageText) => {
      if (data.type === 'attachment') takeAttachment(data, body, limits);
      else takeText(data, body, limits);
    });
    parser.on('error', (error: Error) => reject(unparsable(error)));
    parser.on('end', () => resolve(body));
    write(parser, message);
  });
}

function takeText(data: MessageText, body: MailBody, limits: MailLimits): void {
  body.text = (data.text ?? '').slice(0, limits.textChars);
  body.html = (typeof data.html === 'string' ? data.html : '').slice(0, limits.textChars);
}

function takeAttachment(part: AttachmentStream, body: MailBody, limits: MailLimits): void {
  const type = part.contentType || 'application/octet-stream';
  const keep = reportTypes.has(type) ? limits.reportChars : 0;
  let size = 0;
  let content = '';
  part.content.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (content.length < keep) content += chunk.toString('latin1', 0, keep - content.length);
  });
  part.content.on('end', () => {
    const name = (part.filename || '').slice(0, limits.fileNameChars);
    const inline = part.contentDisposition === 'inline' || part.related === true;
    body.attachments.push({ name, type, size, inline });
    if (keep > 0) body.reports.push({ type, content });
    part.release();
  });
}

function write(parser: MailParser, message: RawMessage): void {
  const described = message.fields.filter((field) => /^(content-[a-z]+(-[a-z]+)*|mime-version)[ \t]*:/i.test(field));
  parser.write(Buffer.from(`${described.join('\r\n')}${described.length > 0 ? '\r\n' : ''}\r\n`, 'latin1'));
  let at = 0;
  const pump = (): void => {
    while (at < message.body.length) {
      const slice = message.body.subarray(at, at + sliceBytes);
      at += slice.length;
      if (!parser.write(slice)) {
        parser.once('drain', pump);
        return;
      }
    }
    parser.end();
  };
  pump();
}

function unparsable(cause: Error): UserError {
  return new UserError('mail-unparsable', `This mail cannot be parsed: ${cause.message}. Look at the raw mail.`, {
    cause,
  });
}
