import { Buffer } from 'node:buffer';
import type { Repair } from '../../schemas/repair.ts';
import type { MailLimits } from './limits.ts';

/** What is kept of a header that is too large to be read. */
const kept = { bytes: 64 * 1024, fields: 500, fieldBytes: 8 * 1024 };

const isBodyField = (field: string) => /^(content-[a-z-]+|mime-version)[ \t]*:/i.test(field);

/**
 * The mail as a person wants it to be read: with another charset, or as one plain text. Linear in its length; the given bytes stay as they are.
 */
export function repairMail(bytes: Uint8Array, { charset, asText = false }: Repair, limits: MailLimits): Buffer {
  const mail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodyStart = startOfBody(mail);
  const fields = fieldsOf(mail.toString('latin1', 0, Math.min(bodyStart, kept.bytes)));
  const body = mail.subarray(bodyStart);
  if (asText) {
    const head = fields.filter((field) => !isBodyField(field));
    const type = `Content-Type: text/plain; charset=${charset ?? 'utf-8'}`;
    return joined([...head, 'MIME-Version: 1.0', type, 'Content-Transfer-Encoding: 8bit'], readable(body, limits));
  }
  if (charset === undefined) return mail;
  const isTyped = fields.some((field) => /^content-type[ \t]*:/i.test(field));
  const head = isTyped ? fields.map((field) => withCharset(field, charset)) : [...fields, typeOf(charset)];
  // Latin-1 there and back changes no byte.
  const text = body.toString('latin1').replace(partType, (field) => withCharset(field, charset));
  return joined(head, Buffer.from(text, 'latin1'));
}

const typeOf = (charset: string) => `Content-Type: text/plain; charset=${charset}`;

/** A part's header field with its continuations, at the start of a line. */
const partType = /^content-type[ \t]*:[ \t]*text\/[^\r\n]{0,500}(?:\r?\n[ \t][^\r\n]{0,500}){0,10}/gim;

function withCharset(field: string, charset: string): string {
  if (!/^content-type[ \t]*:[ \t]*text\//i.test(field)) return field;
  return `${field.replace(/;\s*charset\s*=\s*("[^"]*"|[^\s;]*)/gi, '').replace(/[;\s]+$/, '')}; charset=${charset}`;
}

/** After the first empty line; all of it is header where there is none. */
function startOfBody(mail: Buffer): number {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => ({ end, at: mail.indexOf(end) })).filter(({ at }) => at >= 0);
  const [first] = ends.sort((a, b) => a.at - b.at);
  return first === undefined ? mail.length : first.at + first.end.length;
}

function fieldsOf(head: string): string[] {
  return head
    .split(/\r?\n(?![ \t])/)
    .filter((field) => /^[!-9;-~]+[ \t]*:/.test(field))
    .slice(0, kept.fields)
    .map((field) => field.slice(0, kept.fieldBytes));
}

/** NULs and other controls say nothing to a reader, and would end a text elsewhere. */
function readable(body: Buffer, limits: MailLimits): Buffer {
  const text = Buffer.from(body.subarray(0, limits.textChars));
  for (const [index, byte] of text.entries()) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) text[index] = 0x20;
  }
  return text;
}

function joined(fields: readonly string[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
