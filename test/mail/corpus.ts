import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Real mail that nobody of us wrote, with what its projects' own tests say of it. Its licences are many: it stays outside. */
const folder = join(import.meta.dirname, '../../../shared/corpus');

export interface CorpusMail {
  id: string;
  source: string;
  file: string;
  format: string;
  checks?: string[];
  /** `assertion` and `golden-file` count; `directory` and `filename` are labels. */
  basis?: string;
  // The shapes of the expectations differ by key; each check knows its own.
  // biome-ignore lint/suspicious/noExplicitAny: data of many projects
  expect?: Record<string, any>;
}

export const corpusIsThere = existsSync(join(folder, 'MANIFEST.json'));

export function readCorpus(): CorpusMail[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as { messages: CorpusMail[] };
  return manifest.messages;
}

export function corpusBytes(file: string): Uint8Array {
  return readFileSync(join(folder, file));
}

export function corpusFileBeside(mail: CorpusMail, file: string): Uint8Array {
  return readFileSync(join(folder, mail.source, file));
}

/** A file in the folder of the mail itself. */
export function corpusSibling(mail: CorpusMail, file: string): Uint8Array {
  return readFileSync(join(folder, mail.file, '..', file));
}

export function counts(mail: CorpusMail): boolean {
  return /^(assertion|golden-file)/.test(mail.basis ?? '');
}
