import { describe, expect, it } from 'vitest';
import { runFlow } from '../../runtime/engine/run-flow.ts';
import type { Action } from '../../schemas/actions/index.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import { describeModules } from '../../schemas/describe-modules.ts';
import type { Flow } from '../../schemas/flow.ts';
import { realPorts, runContext, typicalEmail } from './given.ts';
import { flowOf, giveBack, run, runAnyway, set, toQueue, ways } from './structured-flow.ts';

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
