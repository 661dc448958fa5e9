import { Buffer } from 'node:buffer';
import libmime from 'libmime';
import type { MailLimits } from './limits.ts';

/** Lower-case name → values in order. Without a prototype, so that a header called `__proto__` or `constructor` is only a header. */
export type Headers = Record<string, string[]>;

export interface HeaderReading {
  /** Unfolded, 8-bit text made readable, encoded words decoded. */
  decoded: Headers;
  /** Unfolded and readable, encoded words still encoded: addresses must be split before they are decoded (RFC 2047 section 5). */
  encoded: Headers;
}

export function readHeaders(fields: readonly string[], limits: MailLimits): HeaderReading {
  const decoded = emptyHeaders();
  const encoded = emptyHeaders();
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).trimEnd().toLowerCase();
    const value = readable(unfold(field.slice(colon + 1), limits.headerValueChars));
    append(encoded, name, value);
    append(decoded, name, decodeEncodedWords(value));
  }
  return { decoded, encoded };
}

export function emptyHeaders(): Headers {
  return Object.create(null) as Headers; // Object.create is typed `any`
}

export function headerValues(headers: Headers, name: string): readonly string[] {
  return headers[name] ?? [];
}

/** The first value, or "". Of doubled headers the first counts, in every verdict alike: a later one may be an attacker's. */
export function headerValue(headers: Headers, name: string): string {
  return headers[name]?.[0] ?? '';
}

export function decodeEncodedWords(value: string): string {
  if (!value.includes('=?')) return value;
  try {
    return oneLine(libmime.decodeWords(value));
  } catch {
    return value; // an encoded word that cannot be decoded is still better shown than lost
  }
}

function append(headers: Headers, name: string, value: string): void {
  const values = headers[name];
  if (values) values.push(value);
  else headers[name] = [value];
}

/** RFC 5322 2.2.3, and no line break or NUL ever reaches a subject or a name: they end up in outgoing headers and on pages. */
function unfold(value: string, maxChars: number): string {
  return oneLine(value.length > maxChars ? value.slice(0, maxChars) : value).trim();
}

function oneLine(value: string): string {
  return /[\r\n\0]/.test(value) ? value.replace(/\r?\n[ \t]/g, ' ').replace(/[\r\n\0]+/g, ' ') : value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/** Raw 8-bit headers are UTF-8 (RFC 6532) or, from old senders, some single-byte charset of which Windows-1252 is the likeliest. */
function readable(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of 7-bit characters
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  const bytes = Buffer.from(value.includes('=?') ? escapeInWords(value) : value, 'latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Raw bytes inside a Q-encoded word are in the charset of the word, whatever the rest of the header is in. */
function escapeInWords(value: string): string {
  return value.replace(/=\?[^?\s]{1,64}\?[Qq]\?[^?]*\?=/g, (word) =>
    word.replace(/[\x80-\xff]/g, (byte) => `=${byte.charCodeAt(0).toString(16)}`),
  );
}
