import { Buffer, isUtf8 } from 'node:buffer';
import type { MailBody } from './body.ts';
import type { MailLimits } from './limits.ts';
import type { Leaf, Structure } from './structure.ts';

/**
 * The body of a mail that is nothing but text, which most mails are: decoded in one go, at a quarter of what the streaming parser costs for it.
 * Undefined for everything else (attachments, flowed text, text beside HTML, rare charsets, anything odd), which is mailparser's.
 */
export function readTextBody(structure: Structure, body: Buffer, limits: MailLimits): MailBody | undefined {
  const { leaves, textBesideHtml, htmlBesideText, padding } = structure;
  if (body.length > maxBytes || leaves.length === 0 || textBesideHtml || htmlBesideText || padding.length > 0)
    return undefined;
  if (!leaves.every(isPlainLeaf)) return undefined;
  const join = (type: string, between: string) =>
    leaves
      .filter((leaf) => leaf.type === type)
      .map((leaf) => decodeText(leaf, body))
      .filter((text) => text !== '')
      .join(between)
      .slice(0, limits.textChars);
  return { text: join('text/plain', '\n'), html: join('text/html', '<br/>\n'), attachments: [], reports: [] };
}

/** Above this the parser's share of the work is small anyway. */
const maxBytes = 128 * 1024;

const encodings = new Set(['', '7bit', '8bit', 'binary', 'quoted-printable', 'base64']);

/** Labels on which all decoders agree; the others have many names and habits, which mailparser knows. */
const decoders: Readonly<Record<string, TextDecoder>> = {
  'utf-8': new TextDecoder('utf-8'),
  'iso-8859-1': new TextDecoder('windows-1252'),
  'iso-8859-15': new TextDecoder('iso-8859-15'),
  'windows-1252': new TextDecoder('windows-1252'),
};

function isPlainLeaf(leaf: Leaf): boolean {
  const isText = leaf.type === 'text/plain' || leaf.type === 'text/html';
  const isKnown = leaf.charset === '' || leaf.charset === 'us-ascii' || Object.hasOwn(decoders, leaf.charset);
  const isOdd = leaf.isAttachment || leaf.isFlowed || leaf.boundary !== '';
  return isText && isKnown && !isOdd && encodings.has(leaf.encoding);
}

function decodeText({ charset, encoding, start, end }: Leaf, body: Buffer): string {
  const bytes = decodeTransfer(body.subarray(start, end), encoding);
  const undeclared = charset === '' || charset === 'us-ascii';
  // 8-bit text of an undeclared charset that is not UTF-8 is most likely Windows-1252.
  const decoder = decoders[undeclared ? (isUtf8(bytes) ? 'utf-8' : 'windows-1252') : charset];
  return decoder?.decode(bytes).replace(/\r\n/g, '\n') ?? '';
}

function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes);
  return bytes;
}

const equals = 0x3d;

/** RFC 2045 6.7, with the mistakes that it allows for: lower-case digits, blanks at line ends, an "=" that means itself. */
function decodeQuotedPrintable(bytes: Buffer): Buffer {
  if (bytes.indexOf(equals) < 0) return bytes;
  const decoded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let from = 0;
  for (let at = bytes.indexOf(equals); at >= 0; at = bytes.indexOf(equals, from)) {
    length += bytes.copy(decoded, length, from, at);
    const value = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16);
    const softBreak = softBreakLength(bytes, at + 1);
    if (softBreak > 0) {
      from = Math.min(bytes.length, at + 1 + softBreak);
    } else if (isHex(bytes[at + 1]) && isHex(bytes[at + 2])) {
      decoded[length++] = value;
      from = at + 3;
    } else {
      decoded[length++] = equals;
      from = at + 1;
    }
  }
  length += bytes.copy(decoded, length, from);
  return decoded.subarray(0, length);
}

/** Blanks and a line end after "=", or the end of the content: 0 if it is no soft line break. */
function softBreakLength(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
  if (bytes[at] === 0x0d) at += 1;
  if (bytes[at] === 0x0a) return at + 1 - from;
  return at >= bytes.length ? Math.max(1, at - from) : 0;
}

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
