import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFlows } from '../../../schemas/compare/compare-flows.ts';
import { mergeFlows } from '../../../schemas/compare/merge-flows.ts';
import type { Side } from '../../../schemas/compare/merge-parts.ts';
import type { Flow } from '../../../schemas/flow.ts';
import validateFlow from '../../../schemas/json/flow-validator.js';
import { anyFlow } from '../../designer/flow-arbitrary.ts';
import { anyEdits, edited } from './edits.ts';

const base: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'ask',
  variables: [],
  actions: {
    ask: { type: 'decision', name: 'Ask', settings: { condition: true }, next: { yes: 'raise', no: 'end' } },
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 5 }, next: { done: 'end' } },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general' } },
  },
  layout: { ask: { x: 0, y: 0 }, raise: { x: 0, y: 100 }, end: { x: 0, y: 200 } },
};

const changed = (actions: Partial<Flow['actions']>, rest: Partial<Flow> = {}): Flow => ({
  ...base,
  ...rest,
  actions: { ...base.actions, ...actions } as Flow['actions'],
});
const { ask, raise } = base.actions;
const places = (conflicts: readonly { at: string; why: string }[]) => conflicts.map(({ at, why }) => [at, why]);

describe('merging without a conflict', () => {
  it('takes from each side what only it changed, down to one setting of one action', () => {
    const mine = changed({
      raise: { type: 'set-priority', name: 'Raise', settings: { priority: 9 }, next: { done: 'end' } },
    });
    const theirs = changed({ raise: { ...(raise as typeof raise & object), name: 'Raise it' } }, { name: 'Post' });

    const { flow, conflicts } = mergeFlows({ base, mine, theirs });

    expect(conflicts).toEqual([]);
    expect(flow.name).toBe('Post');
    expect(flow.actions.raise).toMatchObject({ name: 'Raise it', settings: { priority: 9 } });
  });

  it('keeps both of two actions that were given the same id', () => {
    const added = (name: string, priority: number) =>
      changed(
        {
          'set-priority': { type: 'set-priority', name, settings: { priority }, next: { done: 'end' } },
          ask: {
            ...(ask as typeof ask & object),
            next: { yes: priority > 5 ? 'set-priority' : 'raise', no: priority > 5 ? 'end' : 'set-priority' },
          },
        },
        { layout: { ...base.layout, 'set-priority': { x: priority, y: 0 } } },
      );

    const { flow, conflicts, renamed } = mergeFlows({
      base,
      mine: added('Set priority', 1),
      theirs: added('Set priority', 9),
    });

    expect(conflicts).toEqual([]);
    expect(renamed).toEqual([{ task: null, from: 'set-priority', to: 'set-priority-2' }]);
    expect(flow.actions['set-priority']).toMatchObject({ settings: { priority: 9 } });
    expect(flow.actions['set-priority-2']).toMatchObject({ settings: { priority: 1 } });
    expect(flow.actions.ask?.next).toEqual({ yes: 'set-priority', no: 'set-priority-2' });
    expect(flow.layout).toMatchObject({ 'set-priority': { x: 9 }, 'set-priority-2': { x: 1 } });
  });

  it('looks into tasks: what both changed on the same sheet is told with its task', () => {
    const task = (name: string, priority: number): NonNullable<Flow['tasks']> => ({
      refund: {
        name,
        entry: 'raise',
        actions: { raise: { type: 'set-priority', name: 'Raise', settings: { priority } } },
        layout: {},
      },
    });
    const three = {
      base: { ...base, tasks: task('Refund', 1) },
      mine: { ...base, tasks: task('Give back', 1) },
      theirs: { ...base, tasks: task('Refund', 2) },
    };

    const { flow, conflicts } = mergeFlows(three);

    expect(conflicts).toEqual([]);
    expect(flow.tasks).toEqual(task('Give back', 2));
    expect(compareFlows(three.base, flow)).toMatchObject({
      actions: [{ task: 'refund', id: 'raise', kind: 'changed' }],
      flow: [{ path: ['tasks', 'refund', 'name'] }],
    });
    expect(places(mergeFlows({ ...three, mine: { ...base, tasks: task('Refund', 3) } }).conflicts)).toEqual([
      ['/tasks/refund/actions/raise/settings/priority', 'both-changed'],
    ]);
    expect(compareFlows(base, three.base).actions).toMatchObject([{ task: 'refund', id: 'raise', kind: 'added' }]);
  });

  it('never asks about the drawing', () => {
    const mine = { ...base, layout: { ...base.layout, ask: { x: 5, y: 5 }, end: { x: 1, y: 1 } } };
    const theirs = { ...base, layout: { ...base.layout, ask: { x: 7, y: 7 }, raise: { x: 2, y: 2 } } };

    const { flow, conflicts } = mergeFlows({ base, mine, theirs });

    expect(conflicts).toEqual([]);
    expect(flow.layout).toEqual({ ask: { x: 5, y: 5 }, raise: { x: 2, y: 2 }, end: { x: 1, y: 1 } });
  });
});

describe('what a person has to choose', () => {
  it('is each setting that both changed, and follows the choice', () => {
    const priority = (value: number) =>
      changed({ raise: { type: 'set-priority', name: 'Raise', settings: { priority: value }, next: { done: 'end' } } });
    const at = '/actions/raise/settings/priority';
    const three = { base, mine: priority(1), theirs: priority(2) };

    expect(places(mergeFlows(three).conflicts)).toEqual([[at, 'both-changed']]);
    for (const [side, value] of [
      ['mine', 1],
      ['theirs', 2],
      ['base', 5],
    ] as const) {
      const { flow, conflicts } = mergeFlows(three, new Map([[at, side]]));
      expect(flow.actions.raise).toMatchObject({ settings: { priority: value } });
      expect(conflicts).toMatchObject([{ chosen: side, base: 5, mine: 1, theirs: 2 }]);
    }
  });

  it('is an action that one side removed and the other changed or newly leads to', () => {
    const { raise: _, ...rest } = base.actions;
    const { raise: __, ...layout } = base.layout ?? {};
    const removed: Flow = {
      ...base,
      layout,
      actions: { ...rest, ask: { ...(ask as typeof ask & object), next: { yes: 'end', no: 'end' } } },
    };
    const renamed = changed({ raise: { ...(raise as typeof raise & object), name: 'Raise it' } });
    const used = changed({
      more: { type: 'set-priority', name: 'More', settings: { priority: 1 }, next: { done: 'raise' } },
    });

    expect(places(mergeFlows({ base, mine: removed, theirs: renamed }).conflicts)).toEqual([
      ['/actions/raise', 'removed-and-changed'],
    ]);
    const three = { base, mine: removed, theirs: used };
    const without = mergeFlows(three);
    expect(places(without.conflicts)).toEqual([['/actions/raise', 'removed-and-used']]);
    expect(without.flow.actions.more).not.toHaveProperty('next');
    expect(without.flow.layout).not.toHaveProperty('raise');
    const kept = mergeFlows(three, new Map([['/actions/raise', 'theirs']]));
    expect(kept.flow.actions.more).toMatchObject({ next: { done: 'raise' } });
    expect(kept.flow.actions.raise).toEqual(raise);
  });

  it('is an action as a whole where a side changed its type', () => {
    const mine = changed({ raise: { type: 'disconnect', name: 'Raise', settings: {} } });
    const theirs = changed({ raise: { type: 'set-priority', name: 'Raise', settings: { priority: 9 } } });

    expect(places(mergeFlows({ base, mine, theirs }).conflicts)).toEqual([['/actions/raise', 'both-changed']]);
  });

  it('is a list as a whole where its parts together would have no shape', () => {
    const cases = (...outcomes: string[]): Flow =>
      changed({
        which: {
          type: 'switch',
          name: 'Which',
          settings: { cases: outcomes.map((outcome) => ({ outcome, condition: true })) },
        },
      });
    const three = { base: cases('a', 'b'), mine: cases('a'), theirs: cases('b') };

    const { flow, conflicts } = mergeFlows(three);

    expect(places(conflicts)).toEqual([['/actions/which/settings/cases', 'both-changed']]);
    expect(validateFlow(flow)).toBe(true);
    expect(
      mergeFlows({ ...three, mine: cases('a', 'b', 'm'), theirs: cases('t', 'a', 'b') }).flow.actions.which,
    ).toMatchObject({
      settings: { cases: [{ outcome: 't' }, { outcome: 'a' }, { outcome: 'b' }, { outcome: 'm' }] },
    });
    const reordered = mergeFlows({
      base: cases('a', 'b', 'c'),
      mine: cases('b', 'a', 'c'),
      theirs: cases('a', 'c', 'b'),
    });
    expect(places(reordered.conflicts)).toEqual([['/actions/which/settings/cases', 'both-reordered']]);
  });
});

describe('the order of cases', () => {
  const cases = (...outcomes: string[]): Flow =>
    changed({
      which: {
        type: 'switch',
        name: 'Which',
        settings: { cases: outcomes.map((outcome) => ({ outcome, condition: true })) },
      },
    });
  const orderOf = ({ actions: { which } }: Flow) =>
    which?.type === 'switch' ? which.settings.cases.map(({ outcome }) => outcome).join(' ') : null;
  const at = '/actions/which/settings/cases';

  it('is asked for where both sides put another case at the same place, and each answer keeps both', () => {
    const three = { base: cases('a', 'b'), mine: cases('a', 'm', 'b'), theirs: cases('a', 't', 'b') };

    const { conflicts } = mergeFlows(three);

    expect(places(conflicts)).toEqual([[at, 'both-inserted']]);
    expect(conflicts).toMatchObject([{ mine: ['a', 'm', 't', 'b'], theirs: ['a', 't', 'm', 'b'] }]);
    const orders = (['mine', 'theirs'] as const).map((side) => orderOf(mergeFlows(three, new Map([[at, side]])).flow));
    expect(orders).toEqual(['a m t b', 'a t m b']);
  });

  it('is asked for where both added the same case at different places', () => {
    const three = { base: cases('a', 'b'), mine: cases('x', 'a', 'b'), theirs: cases('a', 'b', 'x') };

    expect(places(mergeFlows(three).conflicts)).toEqual([[at, 'both-reordered']]);
  });

  it('takes what the other side added along, behind what it stood behind', () => {
    const three = { base: cases('a', 'b', 'c'), mine: cases('c', 'b', 'a'), theirs: cases('a', 'b', 't', 'c') };

    const [there, back] = [mergeFlows(three), mergeFlows({ ...three, mine: three.theirs, theirs: three.mine })];

    expect([there.conflicts, back.conflicts]).toEqual([[], []]);
    expect([orderOf(there.flow), orderOf(back.flow)]).toEqual(['c b t a', 'c b t a']);
  });

  it('as it was before is an answer too, where both changed it', () => {
    const three = { base: cases('a', 'b', 'c'), mine: cases('b', 'a', 'c', 'm'), theirs: cases('a', 'c', 'b') };

    expect(orderOf(mergeFlows(three, new Map([[at, 'base']])).flow)).toBe('a b c m');
  });
});

describe('for any documents', () => {
  it('the side that alone changed something wins, exactly', () => {
    fc.assert(
      fc.property(anyFlow, anyEdits, (start, edits) => {
        const side = edited(start, edits);

        expect(mergeFlows({ base: start, mine: side, theirs: start })).toMatchObject({ conflicts: [], renamed: [] });
        expect(mergeFlows({ base: start, mine: side, theirs: start }).flow).toEqual(side);
        expect(mergeFlows({ base: start, mine: start, theirs: side })).toMatchObject({ conflicts: [], renamed: [] });
        expect(mergeFlows({ base: start, mine: start, theirs: side }).flow).toEqual(side);
        expect(mergeFlows({ base: start, mine: side, theirs: side })).toMatchObject({ conflicts: [], renamed: [] });
        expect(mergeFlows({ base: start, mine: side, theirs: side }).flow).toEqual(side);
      }),
      { numRuns: 300 },
    );
  });

  it('what does not overlap gives the same from both sides', () => {
    fc.assert(
      fc.property(anyFlow, anyEdits, anyEdits, (start, some, others) => {
        const [one, other] = [edited(start, some), edited(start, others)];
        const there = mergeFlows({ base: start, mine: one, theirs: other });
        fc.pre(there.conflicts.length === 0 && there.renamed.length === 0);

        const back = mergeFlows({ base: start, mine: other, theirs: one });

        expect(back.conflicts).toEqual([]);
        expect(compareFlows(there.flow, back.flow)).toMatchObject({ actions: [], flow: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('the result has the shape of a flow, whatever is chosen', () => {
    fc.assert(
      fc.property(
        anyFlow,
        anyEdits,
        anyEdits,
        fc.array(fc.constantFrom<Side>('base', 'mine', 'theirs'), { minLength: 1, maxLength: 6 }),
        (start, some, others, sides) => {
          const three = { base: start, mine: edited(start, some), theirs: edited(start, others) };
          fc.pre(validateFlow(three.mine) && validateFlow(three.theirs));
          const { conflicts } = mergeFlows(three);
          const choices = new Map(conflicts.map(({ at }, index) => [at, sides[index % sides.length] ?? 'mine']));

          const { flow } = mergeFlows(three, choices);

          expect(validateFlow(flow) ? [] : validateFlow.errors).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with all conflicts chosen for one side, that side loses nothing', () => {
    fc.assert(
      fc.property(anyFlow, anyEdits, anyEdits, (start, some, others) => {
        const three = { base: start, mine: edited(start, some), theirs: edited(start, others) };
        const first = mergeFlows(three);
        fc.pre(first.renamed.length === 0);

        const { flow } = mergeFlows(three, new Map(first.conflicts.map(({ at }) => [at, 'mine'])));

        const added = Object.keys(three.mine.actions).filter((id) => !Object.hasOwn(start.actions, id));
        for (const id of added) expect(flow.actions[id]).toMatchObject({ name: three.mine.actions[id]?.name });
      }),
    );
  });
});
