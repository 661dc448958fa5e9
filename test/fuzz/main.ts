import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createMailParser } from '../../runtime/mail/mail-parser.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 1);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('npm run fuzz -- --minutes 5 --seed 42');
  process.exit(2);
}

const begun = Date.now();
const parser = createMailParser();
console.log(`Fuzzing the mail parser for ${minutes} min, seed ${seed}`);
const { tried, findings } = await fuzz(parser, seed, () => Date.now() - begun > minutes * 60_000);
await parser.close();

const folder = join(tmpdir(), `sluice-fuzz-${seed}`);
if (findings.length > 0) await mkdir(folder, { recursive: true });
for (const [index, { promise, bytes }] of findings.entries()) {
  const file = join(folder, `${index}.eml`);
  await writeFile(file, bytes);
  console.log(`${file}: ${promise}`);
}
const seconds = (Date.now() - begun) / 1_000;
console.log(`${tried} mails in ${seconds.toFixed(0)} s, seed ${seed}: ${findings.length} broke a promise`);
process.exitCode = findings.length > 0 ? 1 : 0;
