import { Buffer, isUtf8 } from 'node:buffer';
import { type AttachmentStream, MailParser, type MailParserOptions, type MessageText } from 'mailparser';
import { UserError } from '../../schemas/errors.ts';
import type { MailLimits } from './limits.ts';
import type { RawMessage } from './raw-message.ts';
import type { Structure } from './structure.ts';

/** Who is handed the pieces of a body, in the order in which they stand. */
interface BodyTaker {
  text(text: MessageText): void;
  /** Must read all of `part.content`, and then call `part.release()`. */
  attachment(part: AttachmentStream): void;
}

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
 * Where text and HTML stand beside each other, the text parts are put into the HTML too, in their place.
 */
export function streamBody(
  message: RawMessage,
  structure: Structure,
  limits: MailLimits,
  taker: BodyTaker,
): Promise<void> {
  const options: SplitterOptions = {
    skipHtmlToText: true,
    skipTextToHtml: !structure.textBesideHtml,
    skipTextLinks: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    maxChildNodes: limits.parts + 1,
    maxHeadSize: limits.partHeaderBytes,
  };
  const parser = new MailParser(options);
  return new Promise((resolve, reject) => {
    parser.on('data', (data: AttachmentStream | MessageText) => {
      if (data.type === 'attachment') taker.attachment(data);
      else taker.text(data);
    });
    parser.on('error', (error: Error) => reject(unparsable(error)));
    parser.on('end', () => resolve());
    write(parser, message, structure);
  });
}

function write(parser: MailParser, message: RawMessage, structure: Structure): void {
  const fields = bodyFields(message, structure).map((field) => `${field}\r\n`);
  const head = Buffer.from(`${fields.join('')}\r\n`, 'latin1');
  const body = withoutPadding(message.body, structure);
  if (body.length <= sliceBytes) {
    // Every write is a trip through four streams; for a small mail that is most of the work.
    parser.end(Buffer.concat([head, body]));
    return;
  }
  parser.write(head);
  let at = 0;
  const pump = (): void => {
    while (at < body.length) {
      const slice = body.subarray(at, at + sliceBytes);
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

function withoutPadding(body: Buffer, { padding }: Structure): Buffer {
  if (padding.length === 0) return body;
  const pieces = padding.map(({ start }, index) => body.subarray(padding[index - 1]?.end ?? 0, start));
  return Buffer.concat([...pieces, body.subarray(padding.at(-1)?.end ?? 0)]);
}

/**
 * The fields that describe the body, mended where they would hide it: a Content-Type without a subtype means plain text (RFC 2045 5.2), and
 * so does a multipart of which no boundary was found.
 */
function bodyFields({ fields, body }: RawMessage, structure: Structure): string[] {
  const described = fields.filter((field) => /^content-[a-z]+(-[a-z]+)*[ \t]*:/i.test(field));
  const isType = (field: string) => /^content-type[ \t]*:/i.test(field);
  const type =
    described
      .find(isType)
      ?.replace(/^[^:]*:/, '')
      .trim() ?? '';
  const isMultipart = /^multipart\//i.test(type);
  if (isMultipart && structure.parts > 1) return described;
  const isBroken = isMultipart || !/^[^\s;/]+\/[^\s;/]+/.test(type);
  const isText = isBroken || /^text\/(plain|html)\b/i.test(type);
  if (!isText || (!isBroken && /;\s*charset\s*=/i.test(type))) return described;
  // 8-bit text of an undeclared charset that is not UTF-8 is most likely Windows-1252.
  const charset = isUtf8(body) ? 'utf-8' : 'windows-1252';
  const rest = described.filter((field) => !isType(field));
  return [`Content-Type: ${isBroken ? 'text/plain' : type}; charset=${charset}`, ...rest];
}

function unparsable(cause: Error): UserError {
  return new UserError('mail-unparsable', `This mail cannot be parsed: ${cause.message}. Look at the raw mail.`, {
    cause,
  });
}
