import { describe, expect, test } from 'vitest';
import { matrixOf } from '../../../designer/backtest/matrix.ts';
import { countsOf, mailsOf, nothingYet, type Results, withEvent } from '../../../designer/backtest/results.ts';
import type { BacktestChange, BacktestEnding } from '../../../schemas/api/backtest.ts';

const queue = (id: string): BacktestEnding => ({ kind: 'queue', queue: id });
const dropped: BacktestEnding = { kind: 'disconnect', queue: null };
const group = (from: BacktestEnding, to: BacktestEnding, mails: string[], changed: BacktestChange[] = []) => ({
  from,
  to,
  mails,
  changed,
});

function results(...news: ReturnType<typeof group>[][]): Results {
  const begun = withEvent(nothingYet, { event: 'begin', mails: 9, version: 3 });
  return news.reduce<Results>(
    (before, groups, index) => withEvent(before, { event: 'mails', done: index + 1, skipped: 0, groups }),
    begun,
  );
}

const mixed = results(
  [group(queue('a'), queue('a'), ['m1', 'm2']), group(queue('a'), queue('b'), ['m3'], ['priority'])],
  [
    group(queue('a'), queue('b'), ['m4']),
    group(queue('a'), queue('a'), ['m5'], ['responses']),
    group(dropped, dropped, ['m6']),
    group(queue('c'), queue('c'), ['m7']),
  ],
);

describe('what is known of a backtest', () => {
  test('grows with every piece of news, and leaves what was known before as it was', () => {
    const once = results([group(queue('a'), queue('b'), ['m1'])]);

    const twice = withEvent(once, {
      event: 'mails',
      done: 2,
      skipped: 1,
      groups: [group(queue('a'), queue('b'), ['m2'])],
    });

    expect([...once.cells.values()].map(({ mails }) => mails.length)).toEqual([1]);
    expect([...twice.cells.values()].map(({ mails }) => mails.length)).toEqual([2]);
    expect(twice).toMatchObject({ total: 9, version: 3, done: 2, skipped: 1, tookMs: null });
  });

  test('counts who ends elsewhere, and who differs in something else', () => {
    const counts = countsOf(mixed);

    expect(counts).toEqual({
      compared: 7,
      elsewhere: 2,
      changed: { priority: 1, skills: 0, responses: 1 },
    });
  });

  test('gives the mails of a cell, of a change, or all that end elsewhere, the newest first', () => {
    expect(mailsOf(mixed, { is: 'elsewhere' })).toEqual(['m4', 'm3']);
    expect(mailsOf(mixed, { is: 'changed', change: 'responses' })).toEqual(['m5']);
    expect(mailsOf(mixed, { is: 'cell', from: queue('a'), to: queue('a') })).toEqual(['m5', 'm2', 'm1']);
  });
});

describe('the matrix', () => {
  test('shows the endings that mails leave or come to, those with most mails first', () => {
    const matrix = matrixOf(mixed, { all: false });

    expect(matrix.from.map(({ ending, mails }) => [ending.queue, mails])).toEqual([['a', 5]]);
    expect(matrix.to.map(({ ending, mails }) => [ending.queue, mails])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  test('shows all endings when asked, what is no queue last', () => {
    const matrix = matrixOf(mixed, { all: true });

    expect(matrix.from.map(({ ending }) => ending.queue ?? ending.kind)).toEqual(['a', 'c', 'disconnect']);
    expect(Object.fromEntries(matrix.counts)).toEqual({
      'queue:a queue:a': 3,
      'queue:a queue:b': 2,
      'queue:c queue:c': 1,
      'disconnect disconnect': 1,
    });
  });
});
