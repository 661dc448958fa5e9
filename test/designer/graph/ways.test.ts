import { describe, expect, it } from 'vitest';
import { branchOf, downstreamOf, siblingsOf, upstreamOf } from '../../../designer/graph/ways.ts';
import type { Sheet } from '../../../schemas/sheet.ts';

/** a leads to b and c, b to d and c, d back to b; e stands alone and leads to c. */
const sheet: Sheet = {
  entry: 'a',
  actions: {
    a: { type: 'decision', name: 'A', settings: { condition: true }, next: { yes: 'b', no: 'c' } },
    b: { type: 'decision', name: 'B', settings: { condition: true }, next: { yes: 'd', no: 'c' } },
    c: { type: 'disconnect', name: 'C', settings: {} },
    d: { type: 'set-priority', name: 'D', settings: { priority: 1 }, next: { done: 'b' } },
    e: { type: 'set-priority', name: 'E', settings: { priority: 1 }, next: { done: 'c' } },
  },
};

describe('ways through a sheet', () => {
  it('go down and up, through circles, once each', () => {
    expect(downstreamOf(sheet, ['b'])).toEqual(['b', 'd', 'c']);
    expect(upstreamOf(sheet, ['c'])).toEqual(['c', 'a', 'b', 'd', 'e']);
  });

  it('a branch is what mail comes to by no other way', () => {
    expect(branchOf(sheet, 'b')).toEqual(['b', 'd']);
    expect(branchOf(sheet, 'd')).toEqual(['d']);
    expect(branchOf(sheet, 'a')).toEqual(['a', 'b', 'd']);
  });

  it('beside an action are those that the same one leads to, in the order of its outcomes', () => {
    expect(siblingsOf(sheet, 'c')).toEqual(['b', 'c', 'd']);
    expect(siblingsOf(sheet, 'a')).toEqual([]);
  });
});
