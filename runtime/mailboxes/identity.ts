import { hash } from 'node:crypto';

/** The headers that tell one mail from another wherever it is stored. Servers add others, and some change sizes. */
export const identityHeaders = ['message-id', 'date', 'from', 'subject'];

/** How many bytes of a mail are searched for its headers. */
const maxHeaderBytes = 65_536;

/**
 * A short fingerprint of a mail, made from its header block or from a part of it: the same from the whole mail and from
 * `BODY[HEADER.FIELDS (...)]`. Two copies of one mail have the same.
 */
export function identityOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, maxHeaderBytes)).toString(
    'latin1',
  );
  const end = /\r?\n\r?\n/.exec(text);
  const unfolded = (end ? text.slice(0, end.index) : text).replace(/\r?\n[ \t]+/g, ' ');
  const values = new Map<string, string>();
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (identityHeaders.includes(name) && !values.has(name)) {
      values.set(
        name,
        line
          .slice(colon + 1)
          .replace(/\s+/g, ' ')
          .trim(),
      );
    }
  }
  const known = identityHeaders.map((name) => values.get(name) ?? '').join('\n');
  return hash('sha256', known, 'base64url').slice(0, 12);
}

/** The header block with its empty line; everything where there is no empty line. */
export function headOf(bytes: Uint8Array): Uint8Array {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\r\n\r\n');
  return end < 0 ? bytes : bytes.subarray(0, end + 4);
}
