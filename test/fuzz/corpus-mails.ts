import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusBytes, corpusIsThere, readCorpus } from '../mail/corpus.ts';
import { writeTnef } from '../support/tnef.ts';

/** What Outlook wraps, a mail within it, too: as bytes, so that a changed one is a changed wrapping and not broken base64. */
function wrappedMail(): Uint8Array {
  const inner = writeTnef({ text: 'inner', files: [{ name: 'inner.txt', content: 'x' }] });
  const files = [
    { name: 'order.csv', content: 'lamp;1', type: 'text/csv' },
    { name: 'inner', content: '', message: inner },
  ];
  const head = 'From: ann@customer.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n';
  return Buffer.concat([Buffer.from(head), writeTnef({ text: 'outer', html: '<p>outer</p>', files })]);
}

/** What mutations begin with: our own samples, and the mails that others collected where they are there. */
export function corpusMails(): Uint8Array[] {
  const folder = join(import.meta.dirname, '../emails');
  const own: Uint8Array[] = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
  own.push(...Array.from({ length: 20 }, wrappedMail));
  if (!corpusIsThere) return own;
  const others = readCorpus().filter(({ format }) => format !== 'body-text');
  return [...own, ...others.map(({ file }) => corpusBytes(file)).filter(({ length }) => length < 256 * 1024)];
}
