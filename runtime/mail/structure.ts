import { Buffer } from 'node:buffer';
import libmime from 'libmime';
import { UserError } from '../../schemas/errors.ts';
import { emptyHeaders, type Headers, headerValue, readHeaders } from './headers.ts';
import type { MailLimits } from './limits.ts';
import { splitMessage } from './raw-message.ts';

/** What must be known of a mail's MIME tree before a parser may build it. */
export interface Structure {
  parts: number;
  /** The HTML parts do not repeat the text parts, they stand beside them: both are needed to read the whole mail. */
  textBesideHtml: boolean;
  htmlBesideText: boolean;
  /** Blanks at the end of boundary lines: allowed (RFC 2046 5.1.1), but mailparser does not see such boundaries. */
  padding: { start: number; end: number }[];
  /** Parts that are no multiparts, in order. */
  leaves: Leaf[];
}

export interface Leaf {
  /** MIME type, lower case. */
  type: string;
  isAttachment: boolean;
  /** As declared, lower case; "" if not. */
  charset: string;
  /** Content-Transfer-Encoding, lower case; "" if not declared. */
  encoding: string;
  /** Of a calendar entry what it is for (RFC 5546), upper case; "" elsewhere. */
  method: string;
  /** format=flowed (RFC 3676): lines are to be joined. */
  isFlowed: boolean;
  /** "" for a leaf in order; some broken mails give text a boundary. */
  boundary: string;
  /** Where its content lies in the body. */
  start: number;
  end: number;
}

interface Finding {
  hasHtml: boolean;
  loneText: boolean;
  loneHtml: boolean;
  leaves: Leaf[];
}

interface OpenMultipart {
  delimiter: string;
  alternative: boolean;
}

/** RFC 2046 5.1.1: at most 70 characters. Longer ones are seen, endless ones are an attack. */
const maxDelimiterChars = 256;

/**
 * Walks the boundary lines of a body without decoding anything, linear in its length.
 * @throws UserError `mail-too-deep`, `mail-too-many-parts` or `mail-headers-too-large` before any of it costs memory.
 */
export function checkStructure(headers: Headers, body: Buffer, limits: MailLimits): Structure {
  const found: Finding = { hasHtml: false, loneText: false, loneHtml: false, leaves: [] };
  const open: OpenMultipart[] = [];
  const padding: Structure['padding'] = [];
  let parts = 1;
  let inside = enter(describePart(headers, 0, body.length), open, found, limits);
  let at = open.length > 0 ? nextDelimiter(body, 0) : -1;
  while (at >= 0) {
    const newline = body.indexOf(0x0a, at);
    const next = newline < 0 ? body.length : newline + 1;
    const line = body.toString('latin1', at, Math.min(next, at + maxDelimiterChars + 8)).trimEnd();
    const level = open.findLastIndex(({ delimiter }) => line === delimiter || line === `${delimiter}--`);
    if (level >= 0) {
      if (inside) inside.end = Math.max(inside.start, contentEnd(body, at));
      inside = undefined;
      const blanks = { start: at + line.length, end: newline < 0 ? next : newline };
      if (body[blanks.end - 1] === 0x0d) blanks.end -= 1;
      if (blanks.end > blanks.start) padding.push(blanks);
      const opensPart = line === open[level]?.delimiter;
      open.length = opensPart ? level + 1 : level;
      if (opensPart) {
        parts += 1;
        if (parts > limits.parts) throw tooMany(limits);
        inside = enter(readPart(body, next, limits), open, found, limits);
      }
    }
    at = nextDelimiter(body, next - 1);
  }
  return {
    parts,
    textBesideHtml: found.loneText && found.hasHtml,
    htmlBesideText: found.loneHtml && found.loneText,
    padding,
    leaves: found.leaves,
  };
}

function describePart(headers: Headers, start: number, end: number): Leaf {
  const { value, params } = libmime.parseHeaderValue(headerValue(headers, 'content-type') || 'text/plain');
  return {
    type: value.toLowerCase(),
    boundary: params.boundary ?? '',
    isAttachment: /^\s*attachment\b/i.test(headerValue(headers, 'content-disposition')),
    charset: (params.charset ?? '').trim().toLowerCase(),
    encoding: headerValue(headers, 'content-transfer-encoding').trim().toLowerCase(),
    method: (params.method ?? '').trim().toUpperCase(),
    isFlowed: /flowed/i.test(params.format ?? ''),
    start,
    end,
  };
}

/** Returns the part if it is a leaf, whose end is not known yet. */
function enter(part: Leaf, open: OpenMultipart[], found: Finding, limits: MailLimits): Leaf | undefined {
  const { type, boundary, isAttachment } = part;
  if (type.startsWith('multipart/') && boundary !== '') {
    if (open.length === limits.depth) throw tooDeep(limits);
    open.push({ delimiter: `--${boundary}`.trimEnd(), alternative: type === 'multipart/alternative' });
    return undefined;
  }
  found.leaves.push(part);
  if (isAttachment) return part;
  const alone = !open.some(({ alternative }) => alternative);
  if (type === 'text/html') found.hasHtml = true;
  if (type === 'text/html' && alone) found.loneHtml = true;
  if (type === 'text/plain' && alone) found.loneText = true;
  return part;
}

/** The line end before a boundary belongs to the boundary (RFC 2046 5.1.1). */
function contentEnd(body: Buffer, boundary: number): number {
  const end = boundary - 1;
  return body[end - 1] === 0x0d ? end - 1 : end;
}

const partStart = Buffer.from('\n--');

function nextDelimiter(body: Buffer, from: number): number {
  if (from === 0 && body[0] === 0x2d && body[1] === 0x2d) return 0;
  const found = body.indexOf(partStart, from);
  return found < 0 ? -1 : found + 1;
}

/** An empty header means plain text (RFC 2046 5.1). */
function readPart(body: Buffer, at: number, limits: MailLimits): Leaf {
  if (body[at] === 0x0a) return describePart(emptyHeaders(), at + 1, body.length);
  if (body[at] === 0x0d) return describePart(emptyHeaders(), at + 2, body.length);
  const head = body.subarray(at, at + limits.partHeaderBytes + 1);
  const { fields, body: rest } = splitMessage(head, { ...limits, headerBytes: limits.partHeaderBytes });
  const described = fields.filter((field) => /^content-(type|disposition|transfer-encoding)[ \t]*:/i.test(field));
  return describePart(readHeaders(described, limits).decoded, at + head.length - rest.length, body.length);
}

function tooDeep(limits: MailLimits): UserError {
  return new UserError(
    'mail-too-deep',
    `This mail nests more than ${limits.depth} multiparts. Look at the raw mail; if it is genuine, route it by hand.`,
    { data: { limit: limits.depth } },
  );
}

function tooMany(limits: MailLimits): UserError {
  return new UserError(
    'mail-too-many-parts',
    `This mail has more than ${limits.parts} parts. Look at the raw mail; if it is genuine, route it by hand.`,
    { data: { limit: limits.parts } },
  );
}
