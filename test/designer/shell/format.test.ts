import { expect, test } from 'vitest';
import { formatAge, formatMoment, formatSize } from '../../../designer/shell/format.ts';
import { isId, toId } from '../../../designer/shell/slug.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  ['2026-11-21T11:59:30Z', 'just now'],
  ['2026-11-21T11:57:00Z', '3 min ago'],
  ['2026-11-21T14:00:00Z', 'in 2 hr'],
  ['2026-11-20T11:00:00Z', 'yesterday'],
  ['2024-11-20T11:00:00Z', '2 yr ago'],
  ['not a date', 'not a date'],
])('%s reads as "%s"', (at, words) => {
  const age = formatAge(at, now);

  expect(age).toBe(words);
});

test('a title that is no date is shown as it is', () => {
  const moment = formatMoment('soon');

  expect(moment).toBe('soon');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [3_420, '3.4 kB'],
  [52_428_800, '52 MB'],
])('%i bytes read as %s', (bytes, words) => {
  const size = formatSize(bytes);

  expect(size).toBe(words);
});

test.each([
  ['Customer support', [], 'customer-support'],
  ['  Überweisung & more!  ', [], 'uberweisung-more'],
  ['Support', ['support', 'support-2'], 'support-3'],
  ['支持', [], ''],
  ['-'.repeat(99), [], ''],
])('"%s" becomes an id that the schemas accept', (name, taken, id) => {
  const made = toId(name, taken);

  expect(made).toBe(id);
  expect(made === '' || isId(made)).toBe(true);
});
