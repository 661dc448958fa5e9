import type { AttachmentStream } from 'mailparser';
import { pictureType } from '../../schemas/picture-type.ts';
import { streamBody } from './body-stream.ts';
import { readHeaders } from './headers.ts';
import type { MailLimits } from './limits.ts';
import { splitMessage } from './raw-message.ts';
import { checkStructure } from './structure.ts';
import { type UnpackedFile, unpacking } from './unpacking.ts';

/** A part of a mail beside its texts, decoded. Name and type are what the sender says. */
export interface MailPart {
  name: string;
  type: string;
  /** Content-ID without angle brackets; empty if it has none. */
  contentId: string;
  content: Uint8Array<ArrayBuffer>;
}

/** One attachment by its place in `email.attachments`, or the pictures that the HTML may show by their Content-ID. */
export type PartWish = { attachment: number } | 'pictures';

/** What is handed out at once of the pictures inside one mail: more is no letter, and would be held in memory several times over. */
const pictureLimits = { bytes: 12 * 1024 * 1024, parts: 100 };

/**
 * Reads parts out of the raw mail. In the order of the mail; empty where there is no such part. Type of a picture is what its bytes are.
 * @throws UserError as `parseMail` does.
 */
export async function readParts(bytes: Uint8Array, wish: PartWish, limits: MailLimits): Promise<MailPart[]> {
  const message = splitMessage(bytes, limits);
  const structure = checkStructure(readHeaders(message.fields, limits).encoded, message.body, limits);
  const found: MailPart[] = [];
  const unpacked = unpacking(limits);
  let place = -1;
  let left = wish === 'pictures' ? pictureLimits.bytes : Number.POSITIVE_INFINITY;

  function isWanted(part: AttachmentStream): boolean {
    if (wish !== 'pictures') return place === wish.attachment;
    return contentIdOf(part) !== '' && found.length < pictureLimits.parts && left > 0;
  }

  await streamBody(message, structure, limits, {
    text: () => undefined,
    attachment(part) {
      place += 1;
      unpacked.watch(part);
      const chunks: Uint8Array[] = [];
      const wanted = isWanted(part);
      part.content.on('data', (chunk: Uint8Array) => {
        if (!wanted || left <= 0) return;
        left -= chunk.length;
        chunks.push(chunk);
      });
      part.content.on('end', () => {
        if (wanted && left > 0) {
          const content = joined(chunks);
          const type = wish === 'pictures' ? pictureType(content) : part.contentType || 'application/octet-stream';
          const name = (part.filename || '').slice(0, limits.fileNameChars);
          if (type !== null) found.push({ name, type, contentId: contentIdOf(part), content });
        }
        part.release();
      });
    },
  });
  const { files } = unpacked.all();
  if (wish !== 'pictures')
    return [
      ...found,
      ...files
        .slice(wish.attachment - place - 1)
        .slice(0, 1)
        .map(toPart),
    ];
  for (const file of files) {
    const type = file.contentId === '' ? null : pictureType(file.content);
    if (type === null || found.length >= pictureLimits.parts || file.content.length > left) continue;
    left -= file.content.length;
    found.push({ ...toPart(file), type });
  }
  return found;
}

function toPart({ name, type, contentId, content }: UnpackedFile): MailPart {
  return { name, type, contentId, content: joined([content]) };
}

function contentIdOf(part: AttachmentStream): string {
  return (part.cid ?? '').trim();
}

/** In memory of its own, which can move to another thread. */
function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}
