import fc from 'fast-check';
import type { MailParser } from '../../runtime/mail/mail-parser.ts';
import { corpusMails } from './corpus-mails.ts';
import { anyMail } from './mail-arbitrary.ts';
import { mutate, seeded } from './mutate.ts';
import { brokenPromise } from './promises.ts';

interface Finding {
  promise: string;
  bytes: Uint8Array;
}

/** Tells how many mails were tried, and those of which a promise did not hold. */
export interface FuzzResult {
  tried: number;
  findings: Finding[];
}

const batch = 64;

/**
 * Tries mails without end until `isOver` says so, half of them mutations, half of them built; the same seed tries the same mails in the same
 * order.
 */
export async function fuzz(parser: MailParser, seed: number, isOver: (tried: number) => boolean): Promise<FuzzResult> {
  const corpus = corpusMails();
  const random = seeded(seed);
  const result: FuzzResult = { tried: 0, findings: [] };
  const pick = () => corpus[random(corpus.length)] ?? new Uint8Array(0);
  for (let round = 0; !isOver(result.tried); round += 1) {
    const mutants = Array.from({ length: batch / 2 }, () => mutate(pick(), pick(), random));
    const built = fc.sample(anyMail, { numRuns: batch / 2, seed: seed + round });
    const mails = [...mutants, ...built];
    const promises = await Promise.all(mails.map((bytes) => brokenPromise(parser, bytes)));
    result.tried += mails.length;
    for (const [index, promise] of promises.entries()) {
      const bytes = mails[index];
      if (promise !== null && bytes !== undefined) result.findings.push({ promise, bytes });
    }
  }
  return result;
}
