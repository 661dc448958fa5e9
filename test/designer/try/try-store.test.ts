import { expect, test } from 'vitest';
import { createServiceChoices, handAnswers } from '../../../designer/try/service-choices.ts';
import { createTryStore } from '../../../designer/try/try-store.ts';
import { variablesAt } from '../../../designer/try/variables-at.ts';
import type { TryResult } from '../../../schemas/api/try.ts';
import type { Flow } from '../../../schemas/flow.ts';
import type { Run } from '../../../schemas/run.ts';

function runOf(...steps: { action: string; variables?: Record<string, unknown> }[]): Run {
  return {
    flow: 'support',
    version: null,
    ending: { type: 'disconnect', priority: 0 },
    steps: steps.map(({ action, variables }) => ({
      action,
      type: 'update-data',
      name: action,
      outcome: 'done',
      atMs: 0,
      durationMs: 0,
      detail: variables === undefined ? {} : { variables },
    })),
    effects: [],
    variables: {},
    startedAt: '2026-01-31T09:00:00.000Z',
    durationMs: 0,
  };
}

// Only the run is looked at here.
const resultOf = (...actions: string[]) => ({ run: runOf(...actions.map((action) => ({ action }))) }) as TryResult;
const flow = {} as Flow;

test.each([
  ['the same action, wherever it is now', ['a', 'b', 'c'], 1, ['x', 'a', 'b', 'c'], 2],
  ['the same round of a circle', ['a', 'b', 'a', 'b'], 1, ['x', 'a', 'b', 'a', 'b'], 2],
  ['the last round where there are fewer', ['a', 'a', 'a'], 2, ['a', 'a'], 1],
  ['the same place where the action is no longer passed', ['a', 'b', 'c'], 1, ['a', 'x', 'y'], 1],
  ['the end where the way is shorter', ['a', 'b', 'c'], 2, ['x'], 0],
  ['nothing where there was nothing', ['a', 'b'], null, ['a'], null],
  ['nothing in a run without steps', ['a', 'b'], 1, [], null],
])('a run that comes again is looked at by %s', (_what, before, step, after, expected) => {
  const trial = createTryStore();
  trial.getState().show(resultOf(...before), flow);
  trial.getState().lookAt(step);

  trial.getState().show(resultOf(...after), flow);

  expect(trial.getState().step).toBe(expected);
});

test('stepping stays within the run, and playing from the end begins anew', () => {
  const trial = createTryStore();
  const steps: (number | null)[] = [];
  trial.getState().show(resultOf('a', 'b'), flow);

  for (const by of [-1, 1, -1, -1]) {
    trial.getState().move(by);
    steps.push(trial.getState().step);
  }
  trial.getState().lookAt(1);
  trial.getState().play(true);

  expect(steps).toEqual([1, 1, 0, 0]);
  expect(trial.getState()).toMatchObject({ step: 0, isPlaying: true });
});

test('a case begins at the step that ended it, another mail at the whole way', () => {
  const trial = createTryStore();

  trial.getState().choose({ case: 'urgent' }, { begin: 'end' });
  trial.getState().show(resultOf('a', 'b'), flow);
  const ofCase = trial.getState().step;
  trial.getState().choose({ eml: 'x' });
  trial.getState().show(resultOf('a', 'b'), flow);

  expect([ofCase, trial.getState().step]).toEqual([1, null]);
});

test('variables are known before and after each step', () => {
  const variables = [
    { name: 'topic', type: 'string' as const, initial: 'none' },
    { name: 'count', type: 'number' as const },
  ];
  const run = runOf(
    { action: 'a' },
    { action: 'b', variables: { topic: 'pipes' } },
    { action: 'c', variables: { topic: 'pipes' } },
  );

  const at = [0, 1, 2, null].map((step) => variablesAt({ variables }, run, step)[0]);

  expect(at).toEqual([
    { name: 'topic', owner: 'flow', before: 'none', after: 'none', isSet: false },
    { name: 'topic', owner: 'flow', before: 'none', after: 'pipes', isSet: true },
    { name: 'topic', owner: 'flow', before: 'pipes', after: 'pipes', isSet: true },
    { name: 'topic', owner: 'flow', before: 'pipes', after: 'pipes', isSet: false },
  ]);
});

test('a task has variables of each call, and what it gives back is there once it has returned', () => {
  const given = runOf(
    { action: 'call' },
    { action: 'ask', variables: { 'task.said': 'yes', topic: 'pipes' } },
    { action: 'back' },
    { action: 'end' },
  );
  const [call, ask, back] = given.steps;
  Object.assign(call ?? {}, { type: 'call-task', detail: { inputs: { what: 'it' }, variables: { answer: 'yes' } } });
  Object.assign(ask ?? {}, { task: 'greet' });
  Object.assign(back ?? {}, { task: 'greet', type: 'return' });
  const of = (name: string) => ({ name, type: 'string' as const, initial: '' });
  const called = { name: 'Greet', inputs: [of('what')], outputs: [of('said')], entry: '', actions: {} };
  const drawn = { variables: [of('topic'), of('answer')], tasks: { greet: called } };

  const shown = [0, 1, 2, 3].map((step) =>
    variablesAt(drawn, given, step).map(({ name, before, after }) => `${name}: ${before} → ${after}`),
  );

  expect(shown).toEqual([
    ['topic:  → ', 'answer:  → '],
    ['topic:  → pipes', 'answer:  → ', 'task.what: it → it', 'task.said:  → yes'],
    ['topic: pipes → pipes', 'answer:  → yes', 'task.what: it → it', 'task.said: yes → yes'],
    ['topic: pipes → pipes', 'answer: yes → yes'],
  ]);
});

test('a module has variables of its own, whatever they are called', () => {
  const given = runOf(
    { action: 'call', variables: { topic: 'outside' } },
    { action: 'ask', variables: { topic: 'inside' } },
    { action: 'end' },
  );
  const [call, ask, end] = given.steps;
  Object.assign(call ?? {}, { type: 'call-flow', detail: {} });
  Object.assign(ask ?? {}, { flow: 'score', version: 2 });
  Object.assign(end ?? {}, { flow: 'score', version: 2 });

  const shown = variablesAt({ variables: [{ name: 'topic', type: 'string', initial: '' }] }, given, 2);

  expect(shown).toEqual([
    { name: 'topic', owner: 'flow', before: '', after: '', isSet: false },
    { name: 'topic', owner: 'module', before: 'inside', after: 'inside', isSet: false },
  ]);
});

test('who answers a service is remembered, and told only of actions that are there', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const action = { type: 'data-action', name: 'Ask', settings: { method: 'GET', url: 'https://x.test' } };
  const asking = {
    actions: { ask: action, tell: action },
    tasks: { greet: { actions: { ask: action } } },
  } as unknown as Flow;
  const first = createServiceChoices('support', storage);
  first.getState().change('ask', { by: 'hand', status: 201, body: { topic: 'x' } });
  first.getState().change('tell', { by: 'timeout', status: 200, body: {} });
  first.getState().change('greet/ask', { by: 'unreachable', status: 200, body: {} });
  first.getState().change('gone', { by: 'hand', status: 200, body: {} });

  const again = createServiceChoices('support', storage);
  const others = createServiceChoices('sales', storage);
  kept.set('sluice.try.services.broken', '{"ask": {"by": "magic"}');

  expect(handAnswers(again.getState().choices, asking)).toEqual([
    { action: 'ask', status: 201, body: { topic: 'x' } },
    { action: 'tell', fails: 'timeout' },
    { action: 'ask', task: 'greet', fails: 'unreachable' },
  ]);
  expect(others.getState().choices).toEqual({});
  expect(createServiceChoices('broken', storage).getState().choices).toEqual({});
});
