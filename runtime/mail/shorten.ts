import { Buffer } from 'node:buffer';
import { coerceError, UserError } from '../../schemas/errors.ts';
import { headerValue, readHeaders } from './headers.ts';
import { mailLimits } from './limits.ts';
import { splitMessage } from './raw-message.ts';
import { checkStructure, type Leaf } from './structure.ts';

/** What is kept of a mail that is larger than its mailbox allows. */
export interface ShortenedMail {
  /** A mail by itself: the header as it came, the texts, and of every other part its header alone, so that attachments keep their names. */
  bytes: Buffer;
  /** False where no text stands among the bytes that were there to shorten. */
  hasText: boolean;
}

/** Of each text: nobody reads more of it before deciding where a mail belongs. */
export const keptTextBytes = 262_144;

/**
 * Makes a small mail out of the first bytes of a large one; cut anywhere. Null where not even its header can be read. Linear in the
 * bytes given.
 */
export function shortenMail(start: Uint8Array): ShortenedMail | null {
  const given = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  try {
    const { fields, body } = splitMessage(given, mailLimits);
    const { leaves } = checkStructure(readHeaders(fields, mailLimits).encoded, body, mailLimits);
    const parts: Buffer[] = [given.subarray(0, given.byteLength - body.byteLength)];
    let at = 0;
    for (const leaf of leaves) {
      parts.push(body.subarray(at, leaf.start + keptOf(leaf, body)));
      at = leaf.end;
    }
    parts.push(body.subarray(at));
    return { bytes: Buffer.concat(parts), hasText: leaves.some((leaf) => isText(leaf) && leaf.end > leaf.start) };
  } catch (thrown) {
    if (coerceError(thrown) instanceof UserError) return null;
    throw thrown;
  }
}

/**
 * Puts a text that was fetched by itself behind a shortened mail, as a part of its own.
 *
 * @param partHeader the part's MIME header with its empty line.
 */
export function addText(mail: Uint8Array, partHeader: Uint8Array, text: Uint8Array): Buffer {
  const given = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength);
  const { fields } = splitMessage(given, mailLimits);
  const type = headerValue(readHeaders(fields, mailLimits).encoded, 'content-type');
  const boundary = /boundary="?([^";\s]{1,70})"?/i.exec(type)?.[1];
  if (boundary === undefined) return given;
  const line = (end: string) => Buffer.from(`\r\n--${boundary}${end}\r\n`, 'latin1');
  return Buffer.concat([given, line(''), partHeader, text.subarray(0, keptTextBytes), line('--')]);
}

function isText({ type, isAttachment }: Leaf): boolean {
  return !isAttachment && (type === 'text/plain' || type === 'text/html');
}

/** Bytes of a part that stay, cut at the end of a line: so no encoding is cut in the middle of a character. */
function keptOf(leaf: Leaf, body: Buffer): number {
  if (!isText(leaf)) return 0;
  const length = leaf.end - leaf.start;
  if (length <= keptTextBytes) return length;
  const lineEnd = body.lastIndexOf(0x0a, leaf.start + keptTextBytes - 1);
  return lineEnd < leaf.start ? keptTextBytes : lineEnd + 1 - leaf.start;
}
