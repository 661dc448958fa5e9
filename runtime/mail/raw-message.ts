import { Buffer } from 'node:buffer';
import { UserError } from '../../schemas/errors.ts';
import type { MailLimits } from './limits.ts';

/** A mail cut into its header block and its body. Both are views of the given bytes wherever the bytes allow it. */
export interface RawMessage {
  /** One string per header field, folding included, one character per byte. */
  fields: string[];
  body: Buffer;
}

const LF = 0x0a;
const CR = 0x0d;

/** RFC 5322 2.2: a field name is printable ASCII without colon; blanks before the colon are obsolete but seen. */
const fieldStart = /^[!-9;-~]+[ \t]*:/;

/**
 * Splits header from body as forgivingly as mail servers do: an mbox "From " line and empty lines before the header are skipped,
 * old Mac line ends (bare CR) are understood, a stray line between two fields is passed over, and where the empty line between
 * header and body is missing the body starts at the first line that cannot be a header.
 */
export function splitMessage(bytes: Uint8Array, limits: MailLimits): RawMessage {
  const mail = withLineFeeds(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const fields: string[] = [];
  let at = skipEnvelopeLines(mail);
  const start = at;
  while (at < mail.length) {
    const end = lineEnd(mail, at);
    const next = Math.min(end + 1, mail.length);
    if (next - start > limits.headerBytes) throw tooLarge('bytes', limits.headerBytes);
    const line = mail.toString('latin1', at, contentEnd(mail, at, end));
    if (line === '') return { fields, body: mail.subarray(next) };
    if (line[0] === ' ' || line[0] === '\t') {
      const last = fields.length - 1;
      if (last >= 0) fields[last] += `\r\n${line}`;
    } else if (fieldStart.test(line)) {
      if (fields.length === limits.headerFields) throw tooLarge('fields', limits.headerFields);
      fields.push(line);
    } else if (!fieldFollows(mail, next)) {
      return { fields, body: mail.subarray(at) };
    }
    at = next;
  }
  return { fields, body: mail.subarray(mail.length) };
}

function tooLarge(unit: string, limit: number): UserError {
  return new UserError(
    'mail-headers-too-large',
    `The header of this mail has more than ${limit} ${unit}. Look at the raw mail; if it is genuine, route it by hand.`,
    { data: { limit, unit } },
  );
}

/** Mail from classic Mac OS ends lines with CR alone: there is no LF anywhere. */
function withLineFeeds(mail: Buffer): Buffer {
  if (mail.indexOf(LF) >= 0 || mail.indexOf(CR) < 0) return mail;
  const copy = Buffer.from(mail);
  for (let at = copy.indexOf(CR); at >= 0; at = copy.indexOf(CR, at + 1)) copy[at] = LF;
  return copy;
}

function skipEnvelopeLines(mail: Buffer): number {
  let at = 0;
  while (mail[at] === LF || mail[at] === CR) at += 1;
  const opening = mail.toString('latin1', at, at + 6);
  if (opening.startsWith('From ') || opening.startsWith('>From ')) return Math.min(lineEnd(mail, at) + 1, mail.length);
  return at;
}

function fieldFollows(mail: Buffer, at: number): boolean {
  const end = lineEnd(mail, at);
  return fieldStart.test(mail.toString('latin1', at, Math.min(end, at + 128)));
}

function lineEnd(mail: Buffer, at: number): number {
  const end = mail.indexOf(LF, at);
  return end < 0 ? mail.length : end;
}

function contentEnd(mail: Buffer, at: number, end: number): number {
  return end > at && mail[end - 1] === CR ? end - 1 : end;
}
