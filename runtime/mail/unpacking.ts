import { Buffer } from 'node:buffer';
import libmime from 'libmime';
import type { AttachmentStream } from 'mailparser';
import type { MailLimits } from './limits.ts';
import { readTnef, type Tnef, type TnefFile } from './tnef/read-tnef.ts';

/** A file out of a wrapping. Name and type are what the sender says, the name in one line. */
export interface UnpackedFile extends TnefFile {
  /** Name of the attachment that it was in. */
  within: string;
}

interface Unpacked {
  files: UnpackedFile[];
  /** What was written, where the mail itself holds no text. */
  text: string;
  html: string;
}

interface Unpacking {
  /** To be told of every part; reads along with those that wrap others. */
  watch(part: AttachmentStream): void;
  /** All that was found, in the order of the parts. Once the mail has been read to its end. */
  all(): Unpacked;
}

/** Collects what lies in the winmail.dat parts of one mail, within limits for all of them together. */
export function unpacking(limits: MailLimits): Unpacking {
  const wrappings: (Tnef & { within: string })[] = [];
  const room = { files: limits.parts };
  let bytesLeft = limits.tnefBytes;
  return {
    watch(part) {
      if (!isTnef(part)) return;
      const chunks: Uint8Array[] = [];
      part.content.on('data', (chunk: Uint8Array) => {
        if (bytesLeft >= 0) chunks.push(chunk);
        bytesLeft -= chunk.length;
      });
      part.content.on('end', () => {
        if (bytesLeft < 0) return;
        const within = oneLine(part.filename || 'winmail.dat').slice(0, limits.fileNameChars);
        wrappings.push({ ...readTnef(Buffer.concat(chunks), limits, room), within });
      });
    },
    all() {
      const files = wrappings.flatMap(({ files: inside, within }) => inside.map((file) => describe(file, within)));
      return { files, text: first(wrappings, 'text'), html: first(wrappings, 'html') };
    },
  };
}

function isTnef({ contentType = '', filename }: AttachmentStream): boolean {
  return /^application\/(vnd\.)?ms-tnef$/i.test(contentType) || /^winmail\.dat$/i.test(filename || '');
}

function describe(file: TnefFile, within: string): UnpackedFile {
  const name = oneLine(file.name);
  return { ...file, name, type: file.type || libmime.detectMimeType(name), within };
}

function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function first(wrappings: readonly Tnef[], what: 'text' | 'html'): string {
  return wrappings.map((each) => each[what]).find((text) => text.trim() !== '') ?? '';
}
