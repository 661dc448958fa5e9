import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusBytes, corpusIsThere, readCorpus } from '../mail/corpus.ts';

/** What mutations begin with: our own samples, and the mails that others collected where they are there. */
export function corpusMails(): Uint8Array[] {
  const folder = join(import.meta.dirname, '../emails');
  const own = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
  if (!corpusIsThere) return own;
  const others = readCorpus().filter(({ format }) => format !== 'body-text');
  return [...own, ...others.map(({ file }) => corpusBytes(file)).filter(({ length }) => length < 256 * 1024)];
}
