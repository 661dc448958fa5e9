import { describe, expect, it } from 'vitest';
import type { Action, SettingsOf } from '../../schemas/actions/index.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Flow } from '../../schemas/flow.ts';
import { flowOf, giveBack, run, runAnyway, set, toQueue, ways } from './structured-flow.ts';

describe('tasks', () => {
  const greeting = flowOf({
    variables: [
      { name: 'said', type: 'string' },
      { name: 'greeting', type: 'string', initial: 'Hello' },
    ],
    entry: 'call',
    actions: {
      call: {
        type: 'call-task',
        name: 'Greet Jane',
        settings: { task: 'greet', inputs: { name: { var: 'email.from.name' } }, outputs: { said: 'words' } },
        next: { done: 'end' },
      },
      end: toQueue,
    },
    tasks: {
      greet: {
        name: 'Greet',
        inputs: [
          { name: 'name', type: 'string' },
          { name: 'mark', type: 'string', initial: '!' },
        ],
        outputs: [{ name: 'words', type: 'string' }],
        entry: 'end',
        actions: {
          end: set(
            'Say it',
            [
              { variable: 'task.words', value: { cat: [{ var: 'flow.greeting' }, ' ', { var: 'task.name' }] } },
              { variable: 'task.words', value: { cat: [{ var: 'task.words' }, { var: 'task.mark' }] } },
            ],
            'back',
          ),
          back: giveBack,
        },
      },
    },
  });

  it('take inputs, see the variables of the flow, and give outputs back', async () => {
    const done = await run(greeting);

    expect(done.variables).toEqual({ said: 'Hello Jane Roe!', greeting: 'Hello' });
    expect(done.ending).toMatchObject({ type: 'transfer-to-queue', queue: 'general', action: 'end' });
    // The same id on two sheets is two actions.
    expect(ways(done)).toEqual(['call done', 'greet/end done', 'greet/back', 'end']);
    expect(done.steps[0]?.detail).toEqual({ inputs: { name: 'Jane Roe' }, variables: { said: 'Hello Jane Roe!' } });
    expect(done.steps[1]?.detail.variables).toEqual({ 'task.words': 'Hello Jane Roe!' });
  });

  it('start afresh at every call, and call each other', async () => {
    const flow = flowOf({
      variables: [{ name: 'log', type: 'string' }],
      entry: 'one',
      actions: {
        one: { type: 'call-task', name: 'One', settings: { task: 'outer' }, next: { done: 'two' } },
        two: { type: 'call-task', name: 'Two', settings: { task: 'outer' }, next: { done: 'end' } },
        end: toQueue,
      },
      tasks: {
        outer: {
          name: 'Outer',
          outputs: [{ name: 'count', type: 'number' }],
          entry: 'add',
          actions: {
            add: set('Add', [{ variable: 'task.count', value: { '+': [{ var: 'task.count' }, 1] } }], 'write'),
            write: {
              type: 'call-task',
              name: 'Write',
              settings: { task: 'inner', inputs: { more: { var: 'task.count' } }, outputs: { log: 'text' } },
              next: { done: 'back' },
            },
            back: giveBack,
          },
        },
        inner: {
          name: 'Inner',
          inputs: [{ name: 'more', type: 'string' }],
          outputs: [{ name: 'text', type: 'string' }],
          entry: 'join',
          actions: {
            join: set(
              'Join',
              [{ variable: 'task.text', value: { cat: [{ var: 'flow.log' }, { var: 'task.more' }] } }],
              'back',
            ),
            back: giveBack,
          },
        },
      },
    });

    const done = await run(flow);

    expect(done.variables.log).toBe('11');
    expect(done.steps).toHaveLength(13);
  });

  it('that fail take the fallback of the flow, with the calls that led there', async () => {
    const flow: Flow = structuredClone(greeting);
    const end = flow.tasks?.greet?.actions.end;
    if (end?.type === 'update-data')
      end.settings.assignments = [{ variable: 'task.words', value: { matches: ['a', '('] } }];

    const failed = await runAnyway(flow);

    expect(failed.ending).toMatchObject({ queue: 'fallback', fallback: true });
    expect(failed.ending.reason).toMatch(/^"Greet Jane" › "Say it": /);
    expect(failed.steps.at(-1)).toMatchObject({ task: 'greet', action: 'end', error: { code: expect.any(String) } });
  });

  it.each<[string, Partial<SettingsOf<'call-task'>>, string]>([
    ['a task that there is not', { task: 'gone' }, 'unknown-task'],
    ['no task', { task: '' }, 'unknown-task'],
    ['an input that there is not', { inputs: { nme: 'x' } }, 'unknown-input'],
    ['an output that there is not', { outputs: { said: 'word' } }, 'unknown-output'],
    ['a variable that there is not', { outputs: { sad: 'words' } }, 'unknown-variable'],
  ])('refuse %s', async (_what, settings, code) => {
    const flow: Flow = structuredClone(greeting);
    const { call } = flow.actions;
    if (call?.type === 'call-task') Object.assign(call.settings, settings);

    expect((await runAnyway(flow)).error?.code).toBe(code);
    expect(checkFlow(flow, {}).issues.map((issue) => issue.code)).toContain(code);
  });

  it('that call themselves end in the fallback before the steps run out', async () => {
    const again: Action = { type: 'call-task', name: 'Again', settings: { task: 'round' }, next: { done: 'back' } };
    const flow = flowOf({
      entry: 'call',
      actions: { call: { ...again, next: { done: 'end' } }, end: toQueue },
      tasks: { round: { name: 'Round', entry: 'again', actions: { again, back: giveBack } } },
    });

    const failed = await runAnyway(flow);

    expect(failed.error?.code).toBe('calls-too-deep');
    expect(failed.steps.length).toBeLessThan(30);
    expect(checkFlow(flow, {}).issues).toMatchObject([
      { code: 'recursive-call', task: 'round', action: 'again', path: '/tasks/round/actions/again/settings/task' },
    ]);
  });
});
