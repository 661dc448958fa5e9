import { afterAll, describe, expect, test } from 'vitest';
import { createMailParser } from '../../runtime/mail/mail-parser.ts';
import { corpusBytes, corpusIsThere, counts, readCorpus } from './corpus.ts';
import { corpusChecks, notShown } from './corpus-checks.ts';
import exceptions from './corpus-exceptions.json' with { type: 'json' };

if (!corpusIsThere) console.log('The mail corpus (../shared/corpus) is not here: its tests are skipped.');

const context = { own: { addresses: [], installation: '' } };

describe.skipIf(!corpusIsThere)('mail that others collected', () => {
  const parser = createMailParser();
  afterAll(() => parser.close());

  test('is understood as its own projects say, but for the listed exceptions', { timeout: 300_000 }, async () => {
    const excused = new Set(exceptions.flatMap(({ checks }) => checks));
    const mails = readCorpus().filter((mail) => mail.format !== 'body-text');

    const emails = await Promise.all(mails.map((mail) => parser.parse(corpusBytes(mail.file), context)));

    const rates = new Map<string, { passed: number; failed: number; label: number; labelFailed: number }>();
    const failed: string[] = [];
    for (const [index, mail] of mails.entries()) {
      const email = emails[index];
      const rate = rates.get(mail.source) ?? { passed: 0, failed: 0, label: 0, labelFailed: 0 };
      rates.set(mail.source, rate);
      for (const [key, expected] of Object.entries(mail.expect ?? {})) {
        if (notShown.has(key)) continue;
        const check = corpusChecks[key];
        if (!check || !email) throw new Error(`No check for ${key} of ${mail.id}`);
        const holds = check(expected, email, mail);
        if (!counts(mail)) rate[holds ? 'label' : 'labelFailed'] += 1;
        else if (holds) rate.passed += 1;
        else {
          rate.failed += 1;
          failed.push(`${mail.id} ${key}`);
        }
      }
    }
    for (const [source, { passed, failed: missed, label, labelFailed }] of rates) {
      const labels = label + labelFailed > 0 ? `; labels (not scored) ${label} of ${label + labelFailed}` : '';
      console.log(`corpus ${source}: ${passed} of ${passed + missed} expectations${labels}`);
    }
    expect(failed.filter((name) => !excused.has(name))).toEqual([]);
    expect([...excused].filter((name) => !failed.includes(name))).toEqual([]);
  });
});
