import type { Buffer } from 'node:buffer';
import libmime from 'libmime';
import { UserError } from '../../schemas/errors.ts';
import { headerValue, readHeaders } from './headers.ts';
import type { MailLimits } from './limits.ts';
import { splitMessage } from './raw-message.ts';

/** What must be known of a mail's MIME tree before a parser may build it. */
export interface Structure {
  /** True if a text/html part stands outside every multipart/alternative: then the HTML does not repeat the text, it continues it. */
  htmlBesideText: boolean;
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
export function checkStructure(contentType: string, body: Buffer, limits: MailLimits): Structure {
  const structure: Structure = { htmlBesideText: false };
  const open: OpenMultipart[] = [];
  let parts = 1;
  enter(contentType, open, structure, limits);
  let at = open.length > 0 ? nextDelimiter(body, 0) : -1;
  while (at >= 0) {
    const newline = body.indexOf(0x0a, at);
    const next = newline < 0 ? body.length : newline + 1;
    const line = body.toString('latin1', at, Math.min(next, at + maxDelimiterChars + 8)).trimEnd();
    const level = open.findLastIndex(({ delimiter }) => line === delimiter || line === `${delimiter}--`);
    if (level >= 0) {
      open.length = line === open[level]?.delimiter ? level + 1 : level;
      if (open.length === level + 1) {
        parts += 1;
        if (parts > limits.parts) throw tooMany(limits);
        enter(partContentType(body, next, limits), open, structure, limits);
      }
    }
    at = nextDelimiter(body, next - 1);
  }
  return structure;
}

function enter(contentType: string, open: OpenMultipart[], structure: Structure, limits: MailLimits): void {
  const { value, params } = libmime.parseHeaderValue(contentType);
  const type = value.toLowerCase();
  if (type.startsWith('multipart/') && params.boundary) {
    if (open.length === limits.depth) throw tooDeep(limits);
    open.push({ delimiter: `--${params.boundary}`.trimEnd(), alternative: type === 'multipart/alternative' });
  } else if (type === 'text/html' && open.length > 0 && !open.some(({ alternative }) => alternative)) {
    structure.htmlBesideText = true;
  }
}

function nextDelimiter(body: Buffer, from: number): number {
  if (from === 0 && body[0] === 0x2d && body[1] === 0x2d) return 0;
  const found = body.indexOf('\n--', from, 'latin1');
  return found < 0 ? -1 : found + 1;
}

function partContentType(body: Buffer, at: number, limits: MailLimits): string {
  if (body[at] === 0x0a || body[at] === 0x0d) return 'text/plain'; // an empty header means plain text, RFC 2046 5.1
  const head = body.subarray(at, at + limits.partHeaderBytes + 1);
  const { fields } = splitMessage(head, { ...limits, headerBytes: limits.partHeaderBytes });
  const contentFields = fields.filter((field) => /^content-type[ \t]*:/i.test(field));
  return headerValue(readHeaders(contentFields, limits).decoded, 'content-type') || 'text/plain';
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
