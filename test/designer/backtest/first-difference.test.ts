import { expect, test } from 'vitest';
import { firstDifference } from '../../../designer/backtest/first-difference.ts';
import type { Run, Step } from '../../../schemas/run.ts';

const step = (action: string, outcome: string | null, error?: string): Step => ({
  action,
  type: 'decision',
  name: action.toUpperCase(),
  outcome,
  atMs: 0,
  durationMs: 0,
  detail: {},
  ...(error === undefined ? {} : { error: { code: 'x', message: error, retryable: false } }),
});

const run = (steps: Step[], changes: Partial<Run> = {}): Run => ({
  flow: 'support',
  version: 1,
  ending: { type: 'transfer-to-queue', queue: 'general', priority: 0 },
  steps,
  effects: [],
  variables: {},
  startedAt: '2026-11-20T12:00:00.000Z',
  durationMs: 0,
  ...changes,
});

const way = [step('a', 'no'), step('b', 'done'), step('end', null)];

const answering = way.map((each, index) => (index === 1 ? { ...each, detail: { effect: 0 } } : each));

test.each<[string, Run, Run, [number | null, number | null, string] | null]>([
  ['the same way to the same end', run(way), run(way), null],
  ['another outcome', run(way), run([step('a', 'yes'), step('c', null)]), [0, 0, '“no” before, “yes” in the draft']],
  ['another action', run(way), run([step('a', 'no'), step('c', null)]), [1, 1, '“B” before, “C” in the draft']],
  [
    'a namesake in a task',
    run(way),
    run([step('a', 'no'), { ...step('b', 'done'), task: 't' }]),
    [1, 1, '“B” before, “B” in the draft'],
  ],
  ['an action more', run(way.slice(0, 2)), run(way), [null, 2, 'The draft goes on to “END”']],
  ['a failure', run(way), run([step('a', null, 'no such field')]), [0, 0, '“no” before, it failed in the draft']],
  [
    'another queue at the same end',
    run(way),
    run(way, { ending: { type: 'transfer-to-queue', queue: 'billing', priority: 0 } }),
    [2, 2, '“END” does something else'],
  ],
  [
    'another response on the same way',
    run(answering, { effects: [response('Hello')] }),
    run(answering, { effects: [response('Good day')] }),
    [1, 1, 'the response says something else'],
  ],
])('two runs part: %s', (_name, before, after, expected) => {
  const difference = firstDifference(before, after);

  if (expected === null) expect(difference).toBeNull();
  else {
    expect([difference?.before, difference?.after]).toEqual(expected.slice(0, 2));
    expect(difference?.words).toContain(expected[2]);
  }
});

function response(body: string): Run['effects'][number] {
  return { type: 'auto-response', action: 'b', to: 'x@example.test', subject: 'Re:', body, allowed: true, reason: '' };
}
