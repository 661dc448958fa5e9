import { Buffer, isUtf8 } from 'node:buffer';
import type { SourcePage } from '../../schemas/api/source-page.ts';

const pageBytes = 64 * 1024;

/** Cut at the end of a line where one is near, else between two characters. */
export function sourcePage(source: Uint8Array, from: number): SourcePage {
  const mail = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const start = Math.min(from, mail.length);
  const end = endOfPage(mail, start);
  const piece = mail.subarray(start, end);
  return {
    text: piece.toString(isUtf8(piece) ? 'utf8' : 'latin1'),
    from: start,
    next: end < mail.length ? end : null,
    size: mail.length,
  };
}

function endOfPage(mail: Buffer, start: number): number {
  const end = Math.min(mail.length, start + pageBytes);
  if (end === mail.length) return end;
  const lineEnd = mail.lastIndexOf(0x0a, end - 1);
  if (lineEnd > start + pageBytes / 2) return lineEnd + 1;
  let at = end;
  // A byte within a character of UTF-8 begins with the bits 10; there are at most three.
  while (at > end - 3 && ((mail[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
