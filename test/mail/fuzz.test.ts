import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMailParser, type MailParser } from '../../runtime/mail/mail-parser.ts';
import { fuzz } from '../fuzz/fuzz.ts';

let parser: MailParser;
beforeAll(() => {
  parser = createMailParser({ workers: 1 });
});
afterAll(() => parser.close());

test('any bytes are read within bounds, or refused with an error of ours', { timeout: 120_000 }, async () => {
  const { tried, findings } = await fuzz(parser, 20_261_121, (count) => count >= 512);

  expect(findings.map(({ promise }) => promise)).toEqual([]);
  expect(tried).toBe(512);
});
