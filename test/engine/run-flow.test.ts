import { describe, expect, it } from 'vitest';
import { runFlow } from '../../runtime/engine/run-flow.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { runSchema } from '../../schemas/run.ts';
import { createValidator } from '../../schemas/validate.ts';
import { readFlow, realPorts, runContext, typicalEmail } from './given.ts';

const support = readFlow('flows/support.flow.json');
const automatic: Partial<Email> = {
  subject: 'Out of office [URGENT]',
  isAutoReply: true,
  mayAutoRespond: false,
  evidence: [{ verdict: 'mayAutoRespond', header: 'auto-submitted', value: 'auto-replied', reason: 'It is a reply' }],
};

const run = (flow: Flow, email: Partial<Email> = {}): Promise<Run> =>
  runFlow(flow, typicalEmail(email), runContext, realPorts());

describe('the sample flow', () => {
  it('has no issues', () => {
    expect(checkFlow(support, { queues: ['general', 'priority-support'] }).issues).toEqual([]);
  });

  it('disconnects an automatic reply, whatever its subject', async () => {
    const { ending, effects, steps } = await run(support, automatic);

    expect(ending).toEqual({ type: 'disconnect', action: 'drop', priority: 0, reason: 'automatic reply' });
    expect(effects).toEqual([]);
    expect(pathOf(steps)).toEqual(['auto-reply:yes', 'drop:null']);
  });

  it('puts an urgent mail first, unanswered', async () => {
    const { ending, effects } = await run(support, { subject: 'Re: [urgent] no light' });

    expect(ending).toEqual({
      type: 'transfer-to-queue',
      action: 'to-priority',
      queue: 'priority-support',
      priority: 10,
    });
    expect(effects).toEqual([]);
  });

  it('acknowledges and queues the rest', async () => {
    const { ending, effects, steps } = await run(support);

    expect(ending).toEqual({ type: 'transfer-to-queue', action: 'to-general', queue: 'general', priority: 0 });
    expect(pathOf(steps)).toEqual(['auto-reply:no', 'urgent:no', 'ack:done', 'to-general:null']);
    expect(effects).toEqual([
      {
        type: 'auto-response',
        action: 'ack',
        to: 'jane@example.test',
        subject: 'Re: Where is my order?',
        body: expect.stringContaining(runContext.interactionId),
        allowed: true,
        reason: '',
      },
    ]);
    expect(steps[2]?.detail.effect).toBe(0);
  });

  it('says why the answer to a mailing list will be withheld', async () => {
    const reason = 'Sent through a mailing list';
    const evidence = [{ verdict: 'mayAutoRespond' as const, header: 'list-id', value: '<a.list>', reason }];

    const { effects } = await run(support, { isList: true, mayAutoRespond: false, evidence });

    expect(effects).toEqual([expect.objectContaining({ allowed: false, reason })]);
  });
});

describe('a run', () => {
  it('is the same twice, and of the shape that is promised', async () => {
    const first = await run(support);
    const second = await run(support);

    expect(second).toEqual(first);
    expect(createValidator(runSchema)(JSON.parse(JSON.stringify(first)))).toMatchObject({ ok: true });
  });

  it('records when each step began and how long it took', async () => {
    let ms = 100;
    const ports = realPorts({ clock: { now: () => 0, monotonic: () => ms++ } });

    const { steps, durationMs, startedAt } = await runFlow(support, typicalEmail(), runContext, ports);

    expect(startedAt).toBe('1970-01-01T00:00:00.000Z');
    expect(steps.map(({ atMs, durationMs: took }) => [atMs, took])).toEqual([
      [1, 1],
      [3, 1],
      [5, 1],
      [7, 1],
    ]);
    expect(durationMs).toBe(9);
  });

  it('gives an ending its own priority, or the one set before, or 0', async () => {
    const ending = { type: 'transfer-to-queue', name: 'End', settings: { queue: 'q' } } as const;
    const set = { type: 'set-priority', name: 'Set', settings: { priority: 7 }, next: { done: 'end' } } as const;
    const own = { ...ending, settings: { queue: 'q', priority: 3 } };

    const priorities = await Promise.all([
      run(flowOf({ set, end: own })),
      run(flowOf({ set, end: ending })),
      run(flowOf({ end: ending })),
    ]);

    expect(priorities.map(({ ending: { priority } }) => priority)).toEqual([3, 7, 0]);
  });
});

describe('a run that fails takes the fallback and says why', () => {
  const end = { type: 'transfer-to-queue', name: 'End', settings: { queue: 'q' } } as const;
  const decision = (condition: unknown, next: Record<string, string>) => ({
    type: 'decision',
    name: 'Ask',
    settings: { condition },
    next,
  });

  it.each([
    [
      'an expression that throws',
      { ask: decision({ contans: ['a', 'a'] }, { yes: 'end', no: 'end' }), end },
      'unknown-operator',
      1,
    ],
    ['an outcome that leads nowhere', { ask: decision(true, { no: 'end' }), end }, 'outcome-leads-nowhere', 1],
    ['an action that does not exist', { ask: decision(true, { yes: 'gone', no: 'end' }), end }, 'missing-action', 1],
    [
      'an action named as an object is',
      { ask: decision(true, { yes: 'constructor', no: 'end' }) },
      'missing-action',
      1,
    ],
    ['a circle', { ask: decision(true, { yes: 'ask', no: 'ask' }) }, 'too-many-steps', 10_000],
    ['no action at all', {}, 'missing-action', 0],
    [
      'a circle of auto-responses',
      { ack: { type: 'auto-response', name: 'Ack', settings: { subject: 'a', body: 'b' }, next: { done: 'ack' } } },
      'too-many-effects',
      21,
    ],
    [
      'a value of another type',
      {
        set: {
          type: 'update-data',
          name: 'Set',
          settings: { assignments: [{ variable: 'count', value: { var: 'email.subject' } }] },
          next: { done: 'end' },
        },
        end,
      },
      'wrong-variable-type',
      1,
    ],
  ])('%s', async (_, actions, code, steps) => {
    const flow = flowOf(actions, { fallback: { queue: 'rescue', priority: 4, skills: ['x'] } });

    const done = await run(flow);

    expect(done.ending).toEqual({
      type: 'transfer-to-queue',
      queue: 'rescue',
      priority: 4,
      skills: ['x'],
      reason: expect.stringMatching(/\w+ .*\.$/),
      fallback: true,
    });
    expect(done.error).toMatchObject({ code, retryable: false });
    expect(done.steps).toHaveLength(steps);
    expect(done.steps.at(-1)?.error).toEqual(steps === 0 ? undefined : done.error);
  });

  it('also where an executor breaks in a way that nobody foresaw', async () => {
    const ports = realPorts();
    const executors = {
      ...ports.executors,
      decision: () => {
        throw new TypeError('x is not a function');
      },
    };

    const { ending, error } = await runFlow(support, typicalEmail(), runContext, { ...ports, executors });

    expect(ending).toMatchObject({
      queue: 'general',
      fallback: true,
      reason: '"Automatic reply?": x is not a function',
    });
    expect(error).toEqual({ code: 'unexpected', message: 'x is not a function', retryable: false });
  });
});

function pathOf(steps: Run['steps']): string[] {
  return steps.map(({ action, outcome }) => `${action}:${outcome}`);
}

/** A flow that begins with the first of the actions. Some are wrong on purpose, which is why they are not typed as actions. */
function flowOf(actions: Record<string, unknown>, changes: Partial<Flow> = {}): Flow {
  return {
    id: 'made',
    name: 'Made',
    type: 'inbound-email',
    variables: [{ name: 'count', type: 'number' }],
    fallback: { queue: 'general' },
    entry: Object.keys(actions)[0] ?? '',
    actions: actions as Flow['actions'],
    ...changes,
  };
}
