import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFlows } from '../../../schemas/compare/compare-flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { anyFlow } from '../../designer/flow-arbitrary.ts';
import { anyEdits, edited } from './edits.ts';

const flow: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'raise',
  actions: {
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 5 }, next: { done: 'end' } },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general' } },
  },
  layout: { raise: { x: 0, y: 0 }, end: { x: 0, y: 200 } },
};

/** What of a document a mail meets, in one order: the oracle. */
function meaning(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => meaning(item));
    return key === 'variables' ? items.map((item) => JSON.stringify(item)).toSorted() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name]) => !['layout', 'groups', 'notes', '$schema'].includes(name))
    .filter(([name, part]) => !((name === 'note' || name === 'description') && part === ''))
    .map(([name, part]): [string, unknown] => [name, meaning(part, name)])
    .filter(([name, part]) => !(['next', 'variables'].includes(name) && Object.keys(Object(part)).length === 0));
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe('comparing two documents', () => {
  it('tells what was added, removed and changed, part by part', () => {
    const after: Flow = {
      ...flow,
      fallback: { queue: 'other' },
      variables: [{ name: 'topic', type: 'string' }],
      actions: {
        raise: { type: 'set-priority', name: 'Raise more', settings: { priority: 9 }, next: { done: 'drop' } },
        drop: { type: 'disconnect', name: 'Drop', settings: {} },
      },
    };

    const comparison = compareFlows(flow, after);

    expect(comparison.actions.map(({ id, kind }) => [id, kind])).toEqual([
      ['raise', 'changed'],
      ['drop', 'added'],
      ['end', 'removed'],
    ]);
    expect(
      comparison.actions[0]?.parts.map(({ path, before, after: now }) => [path.slice(2).join('/'), before, now]),
    ).toEqual([
      ['name', 'Raise', 'Raise more'],
      ['settings/priority', 5, 9],
      ['next/done', 'end', 'drop'],
    ]);
    expect(comparison.flow.map(({ path }) => path.join('/'))).toEqual(['fallback/queue', 'variables/topic']);
  });

  it('takes moved cards, groups and notes for drawing, and orders of keys for nothing', () => {
    const moved: Flow = {
      ...flow,
      layout: { ...flow.layout, raise: { x: 9, y: 9 } },
      notes: { a: { text: 'Hello', colour: 'yellow', x: 0, y: 0, width: 100, height: 100 } },
    };
    const { raise, end } = flow.actions;
    const reordered: Flow = { ...flow, actions: { ...(end && { end }), ...(raise && { raise }) } };

    expect(compareFlows(flow, moved)).toMatchObject({ isSameLogic: true, drawing: ['layout', 'notes'] });
    expect(compareFlows(flow, reordered)).toMatchObject({ isSameLogic: true, drawing: [] });
    const { end: _, ...layout } = flow.layout ?? {};
    const without = { ...flow, actions: { ...(raise && { raise }) }, layout };
    expect(compareFlows(flow, without).drawing).toEqual([]);
  });

  it('looks into lists whose items have names, and minds their order', () => {
    const cases = (...outcomes: string[]): Flow => ({
      ...flow,
      actions: {
        which: {
          type: 'switch',
          name: 'Which',
          settings: { cases: outcomes.map((outcome) => ({ outcome, condition: { '==': [outcome, 1] } })) },
        },
      },
    });
    const paths = (before: Flow, after: Flow) =>
      compareFlows(before, after).actions.flatMap(({ parts }) => parts.map(({ path }) => path.slice(3).join('/')));

    expect(paths(cases('a', 'b'), cases('a', 'c', 'b'))).toEqual(['cases/c']);
    expect(paths(cases('a', 'b'), cases('b', 'a'))).toEqual(['cases']);
    expect(paths(cases('a', 'b'), cases('a', 'a'))).toEqual(['cases']);
  });

  it('is empty exactly where both mean the same', () => {
    fc.assert(
      fc.property(anyFlow, anyEdits, anyEdits, (start, some, others) => {
        const before = edited(start, some);
        const after = edited(start, others);

        const isSameMeaning = JSON.stringify(meaning(before)) === JSON.stringify(meaning(after));

        expect(compareFlows(before, after).isSameLogic).toBe(isSameMeaning);
      }),
      { numRuns: 500 },
    );
  });

  it('takes any document, however wrong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const before = { ...flow, actions: one, variables: other, tasks: one } as unknown as Flow;
        const after = { ...flow, actions: other, tasks: other } as unknown as Flow;

        expect(() => compareFlows(before, after)).not.toThrow();
      }),
    );
  });
});
