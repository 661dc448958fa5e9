import { describe, expect, it } from 'vitest';
import type { SettingsOf } from '../../schemas/actions/index.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Flow } from '../../schemas/flow.ts';
import { flowOf, run, runAnyway, set, toQueue, ways } from './structured-flow.ts';

describe('loops', () => {
  const collecting = (over: SettingsOf<'loop'>['over'], change: Partial<Flow['actions']> = {}): Flow =>
    flowOf({
      variables: [{ name: 'log', type: 'string' }],
      entry: 'each',
      actions: {
        each: { type: 'loop', name: 'Each', settings: { over }, next: { each: 'note', done: 'end' } },
        note: set(
          'Note',
          [{ variable: 'log', value: { cat: [{ var: 'flow.log' }, { var: 'loop.item' }, ','] } }],
          'next',
        ),
        next: { type: 'next-loop', name: 'Next', settings: {} },
        end: toQueue,
        ...change,
      } as Flow['actions'],
    });

  it('go one round for each item, and read it', async () => {
    const done = await run(collecting(['a', 'b', 'c']));

    expect(done.variables.log).toBe('a,b,c,');
    expect(
      done.steps.filter(({ action }) => action === 'each').map(({ outcome, detail }) => [outcome, detail.round]),
    ).toEqual([
      ['each', { index: 0, count: 3 }],
      ['each', { index: 1, count: 3 }],
      ['each', { index: 2, count: 3 }],
      ['done', undefined],
    ]);
  });

  it.each<[string, SettingsOf<'loop'>['over'], string]>([
    ['a number of times', 3, '1,2,3,'],
    ['not at all over nothing', { var: 'email.cc' }, ''],
    ['over a field of the mail', { map: [{ var: 'email.to' }, { var: 'address' }] }, 'support@demo.test,'],
    ['not at all over what is not there', { var: 'email.headers.x-none' }, ''],
  ])('go %s', async (_how, over, log) => {
    expect((await run(collecting(over))).variables.log).toBe(log);
  });

  it('go on by a connection back to them as by next round', async () => {
    const note = set(
      'Note',
      [{ variable: 'log', value: { cat: [{ var: 'flow.log' }, { var: 'loop.index' }] } }],
      'each',
    );
    const { next: _, ...actions } = collecting(['a', 'b'], { note }).actions;

    const done = await run({ ...collecting([]), actions: { ...actions } as Flow['actions'] });

    expect(done.variables.log).toBe('01');
  });

  it('are left early, by their outcome done', async () => {
    const flow = collecting(['a', 'stop', 'c'], {
      note: {
        type: 'decision',
        name: 'Stop?',
        settings: { condition: { equals: [{ var: 'loop.item' }, 'stop'] } },
        next: { yes: 'leave', no: 'log' },
      },
      log: set('Log', [{ variable: 'log', value: { cat: [{ var: 'flow.log' }, { var: 'loop.item' }] } }], 'next'),
      leave: { type: 'exit-loop', name: 'Leave', settings: {} },
    });

    const done = await run(flow);

    expect(done.variables.log).toBe('a');
    expect(ways(done).slice(-4)).toEqual(['note yes', 'leave', 'each done', 'end']);
  });

  it('run inside each other; the innermost is meant, and each starts anew', async () => {
    const flow = collecting(['a', 'b'], {
      note: { type: 'loop', name: 'Inner', settings: { over: 2 }, next: { each: 'log', done: 'mark' } },
      log: set('Log', [{ variable: 'log', value: { cat: [{ var: 'flow.log' }, { var: 'loop.item' }] } }], 'again'),
      again: { type: 'next-loop', name: 'Again', settings: {} },
      mark: set('Mark', [{ variable: 'log', value: { cat: [{ var: 'flow.log' }, { var: 'loop.item' }] } }], 'next'),
    });

    expect((await run(flow)).variables.log).toBe('12a12b');
  });

  it('end with the run where an action in them ends it', async () => {
    const flow = flowOf({
      entry: 'each',
      actions: {
        each: { type: 'loop', name: 'Each', settings: { over: 2 }, next: { each: 'end', done: 'end' } },
        end: toQueue,
      },
    });

    expect(ways(await run(flow))).toEqual(['each each', 'end']);
  });

  it.each<[string, SettingsOf<'loop'>, string]>([
    ['more rounds than allowed', { over: [1, 2, 3], maxRounds: 2 }, 'too-many-rounds'],
    ['more rounds than anybody means', { over: 1e9 }, 'too-many-rounds'],
    ['something that is no list', { over: { var: 'email.from' } }, 'not-a-list'],
  ])('fail over %s', async (_what, settings, code) => {
    const flow = collecting([]);
    const { each } = flow.actions;
    if (each?.type === 'loop') each.settings = settings;

    expect((await runAnyway(flow)).error?.code).toBe(code);
  });

  it('count against the steps of the run like everything else', async () => {
    const flow = collecting(1_000, {
      each: {
        type: 'loop',
        name: 'Each',
        settings: { over: 1_000, maxRounds: 1_000 },
        next: { each: 'note', done: 'end' },
      },
      note: {
        type: 'loop',
        name: 'Inner',
        settings: { over: 1_000, maxRounds: 1_000 },
        next: { each: 'next', done: 'next' },
      },
    });

    const done = await runAnyway(flow);

    expect(done.error?.code).toBe('too-many-steps');
    expect(done.steps).toHaveLength(10_000);
  });

  it.each(['next-loop', 'exit-loop'] as const)('are needed for %s', async (type) => {
    const flow = flowOf({ entry: 'it', actions: { it: { type, name: 'It', settings: {} } } });

    expect((await runAnyway(flow)).error?.code).toBe('no-loop');
    expect(checkFlow(flow, {}).issues).toMatchObject([{ code: 'stray-leave', action: 'it' }]);
  });
});
