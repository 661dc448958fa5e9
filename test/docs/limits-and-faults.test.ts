import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');

/** Ways in which a number may be written on the page of limits. */
function waysToWrite(name: string, value: number): string[] {
  const plain = value.toLocaleString('en-US');
  const per = (unit: number, ...words: string[]) =>
    value % unit === 0 ? words.map((word) => `${(value / unit).toLocaleString('en-US')} ${word}`) : [];
  const ms = name.endsWith('Seconds') ? 1_000 * value : name.endsWith('Ms') ? value : null;
  if (ms === null) return [plain, ...per(1_024, 'KiB', 'Ki'), ...per(1_048_576, 'MiB', 'Mi')];
  const times: [number, string][] = [
    [1, 'ms'],
    [1_000, 's'],
    [60_000, 'min'],
    [3_600_000, 'h'],
    [86_400_000, 'days'],
  ];
  // "3 days unused, 30 in all": the unit may stand once.
  return times
    .filter(([unit]) => ms % unit === 0)
    .flatMap(([unit, word]) => [
      `${(ms / unit).toLocaleString('en-US')} ${word}`,
      ...(word === 'days' ? [`${ms / unit} in all`] : []),
    ]);
}

/** The first number that a constant or member of this name is set to; only sums and products of digits are read. */
function valueIn(source: string, name: string): number | undefined {
  const terms = new RegExp(`\\b${name}\\s*[:=]\\s*([\\d_ *]+)[,;\\s}]`).exec(source)?.[1];
  return terms?.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '').trim()), 1);
}

test('every constant that the table of limits names has the value that stands there', () => {
  const rows = read('limits.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('.ts`'));
  const wrong: string[] = [];
  let compared = 0;
  for (const row of rows) {
    const [limit = '', value = '', , , where = ''] = row.replace(/^\| /, '').split(' | ');
    let source = '';
    for (const [, name = ''] of where.matchAll(/`([^`]+)`/g)) {
      if (name.endsWith('.ts')) {
        const file = [join(root, 'runtime', name), join(root, name)].find((each) => existsSync(each));
        source = file === undefined ? '' : readFileSync(file, 'utf8');
        continue;
      }
      const set = valueIn(source, name);
      const ways = set === undefined ? [] : waysToWrite(name, set);
      compared += 1;
      if (!ways.some((way) => new RegExp(`(?<![\\d.,])${way}(?![\\d])`).test(value)))
        wrong.push(`${limit}: ${name} is ${set}`);
    }
  }

  expect(compared).toBeGreaterThan(80);
  expect(wrong).toEqual([]);
});

test('every fault that the bench knows stands on the page of promises', async () => {
  const { faultKinds } = await import('../faults/kinds/index.ts');
  const text = read('trust.md');

  expect(faultKinds.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
