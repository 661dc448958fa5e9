import { describe, expect, it } from 'vitest';
import { runFlow } from '../../runtime/engine/run-flow.ts';
import type { Action, SettingsOf } from '../../schemas/actions/index.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import { describeModules } from '../../schemas/describe-modules.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { realPorts, runContext, typicalEmail } from './given.ts';

const toQueue: Action = { type: 'transfer-to-queue', name: 'To general', settings: { queue: 'general' } };
const giveBack: Action = { type: 'return', name: 'Return', settings: {} };
const set = (name: string, assignments: SettingsOf<'update-data'>['assignments'], done: string): Action => ({
  type: 'update-data',
  name,
  settings: { assignments },
  next: { done },
});

function flowOf(parts: Partial<Flow> & Pick<Flow, 'entry' | 'actions'>): Flow {
  return { id: 'main', name: 'Main', type: 'inbound-email', fallback: { queue: 'fallback' }, ...parts };
}

/** Runs a flow that the checks find no fault with, and modules likewise: what is tested is what can be published. */
async function run(flow: Flow, modules: Flow[] = [], email = typicalEmail()): Promise<Run> {
  const known = { modules: describeModules(modules) };
  for (const each of [flow, ...modules]) {
    const { issues } = checkFlow(each, known);
    // A variable that a run shows but nothing reads is a warning only.
    expect(issues.filter(({ code }) => code !== 'unused-variable')).toEqual([]);
  }
  return runAnyway(flow, modules, email);
}

function runAnyway(flow: Flow, modules: Flow[] = [], email = typicalEmail()): Promise<Run> {
  const published = (id: string) => {
    const found = modules.find((module) => module.id === id);
    return found === undefined ? null : { flow: found, version: 7 };
  };
  return runFlow(flow, email, runContext, realPorts({ flows: { published } }));
}

const ways = ({ steps }: Run) =>
  steps.map(
    ({ flow, task, action, outcome }) =>
      [flow, task, action].filter(Boolean).join('/') + (outcome === null ? '' : ` ${outcome}`),
  );

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

describe('modules', () => {
  const scoring: Flow = {
    ...flowOf({
      id: 'score',
      name: 'Score',
      type: 'module',
      inputs: [{ name: 'text', type: 'string' }],
      outputs: [{ name: 'points', type: 'number' }],
      variables: [{ name: 'base', type: 'number', initial: 10 }],
      entry: 'count',
      actions: {
        count: set('Count', [{ variable: 'points', value: { '+': [{ var: 'flow.base' }, 5] } }], 'long'),
        long: {
          type: 'decision',
          name: 'Spam?',
          settings: { condition: { contains: [{ var: 'flow.text' }, 'spam'] } },
          next: { yes: 'drop', no: 'back' },
        },
        drop: { type: 'disconnect', name: 'Drop', settings: { reason: 'spam' } },
        back: giveBack,
      },
    }),
  };
  const main = flowOf({
    variables: [
      { name: 'points', type: 'number' },
      { name: 'base', type: 'number', initial: 1 },
    ],
    entry: 'call',
    actions: {
      call: {
        type: 'call-flow',
        name: 'Score it',
        settings: { flow: 'score', inputs: { text: { var: 'email.subject' } }, outputs: { points: 'points' } },
        next: { done: 'end' },
      },
      end: toQueue,
    },
  });

  it('run the published version with variables of their own, and give outputs back', async () => {
    const done = await run(main, [scoring]);

    expect(done.variables).toEqual({ points: 15, base: 1 });
    expect(ways(done)).toEqual(['call done', 'score/count done', 'score/long no', 'score/back', 'end']);
    expect(done.steps[1]).toMatchObject({ flow: 'score', version: 7 });
    expect(done.flow).toBe('main');
  });

  it('end the run where they reach an ending, and are named', async () => {
    const done = await run(main, [scoring], typicalEmail({ subject: 'This is spam' }));

    expect(done.ending).toEqual({
      type: 'disconnect',
      reason: 'spam',
      action: 'drop',
      flow: 'score',
      version: 7,
      priority: 0,
    });
  });

  it('have tasks of their own', async () => {
    const withTask: Flow = {
      ...scoring,
      entry: 'help',
      actions: {
        help: {
          type: 'call-task',
          name: 'Help',
          settings: { task: 'help', outputs: { points: 'n' } },
          next: { done: 'back' },
        },
        back: giveBack,
      },
      tasks: {
        help: {
          name: 'Help',
          outputs: [{ name: 'n', type: 'number', initial: 3 }],
          entry: 'back',
          actions: { back: giveBack },
        },
      },
    };

    const done = await run(main, [withTask]);

    expect(ways(done)).toEqual(['call done', 'score/help done', 'score/help/back', 'score/back', 'end']);
    expect(done.variables.points).toBe(3);
  });

  it('that are not there, or no modules, send the mail to the fallback of the flow that calls', async () => {
    const gone = await runAnyway(main);
    const noModule = await runAnyway(main, [{ ...scoring, type: 'inbound-email' }]);

    for (const done of [gone, noModule]) {
      expect(done).toMatchObject({ error: { code: 'unknown-module' }, ending: { queue: 'fallback', fallback: true } });
    }
  });

  it('in a circle are stopped, and refused by the checks of each', async () => {
    const calling = (id: string, called: string): Flow => ({
      ...flowOf({
        id,
        name: id,
        type: 'module',
        entry: 'call',
        actions: {
          call: { type: 'call-flow', name: `Call ${called}`, settings: { flow: called }, next: { done: 'back' } },
          back: giveBack,
        },
      }),
    });
    const [a, b] = [calling('a', 'b'), calling('b', 'a')];
    const start = flowOf({
      entry: 'call',
      actions: {
        call: { type: 'call-flow', name: 'Go', settings: { flow: 'a' }, next: { done: 'end' } },
        end: toQueue,
      },
    });

    const done = await runAnyway(start, [a, b]);

    expect(done.error?.code).toBe('calls-too-deep');
    for (const each of [a, b]) {
      const { issues } = checkFlow(each, { modules: describeModules([a, b]) });
      expect(issues.map(({ code, action }) => [code, action])).toEqual([['recursive-call', 'call']]);
    }
  });

  it('are the same version for a whole run, whatever is published meanwhile', async () => {
    const twice = {
      ...main,
      actions: { ...main.actions, end: { ...main.actions.call, next: { done: 'queue' } } as Action, queue: toQueue },
    };
    let version = 0;
    const published = () => {
      version += 1;
      return { flow: scoring, version };
    };

    const done = await runFlow(twice, typicalEmail(), runContext, realPorts({ flows: { published } }));

    expect(new Set(done.steps.flatMap((step) => step.version ?? []))).toEqual(new Set([1]));
  });
});
