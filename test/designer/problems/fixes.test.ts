import { describe, expect, test } from 'vitest';
import { type Fix, fixContext } from '../../../designer/problems/fixes/fix.ts';
import { fixers } from '../../../designer/problems/fixes/index.ts';
import { createEditorStore } from '../../../designer/state/editor-store.ts';
import { checkFlow } from '../../../schemas/check-flow.ts';
import { checks, flowChecks } from '../../../schemas/checks/index.ts';
import type { Flow } from '../../../schemas/flow.ts';
import type { Issue } from '../../../schemas/issue.ts';

const known = {
  queues: [
    { id: 'general', name: 'General' },
    { id: 'billing', name: 'Billing' },
  ],
  lists: [{ id: 'vips', name: 'VIPs' }],
  schedules: [{ id: 'office', name: 'Office hours' }],
};
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);
const knownIds = { queues: idsOf(known.queues), lists: idsOf(known.lists), schedules: idsOf(known.schedules) };

const end = { type: 'transfer-to-queue', name: 'General', settings: { queue: 'general' } };
const decide = (condition: unknown, next: object = { yes: 'end', no: 'end' }) => ({
  type: 'decision',
  name: 'Asked?',
  settings: { condition },
  next,
});
const answer = (subject: string) => ({
  type: 'auto-response',
  name: 'Answer',
  settings: { subject, body: 'Hello' },
  next: { done: 'end' },
});
const never = { '!': [{ var: 'email.mayAutoRespond' }] };
const set = (variable: string, value: unknown) => ({
  type: 'update-data',
  name: 'Set',
  settings: { assignments: [{ variable, value }] },
  next: { done: 'end' },
});

const call = (settings: object) => ({ type: 'call-task', name: 'Call', settings, next: { done: 'end' } });
const tasks = {
  thank: { name: 'Thank', outputs: [{ name: 'said', type: 'string' }], entry: 'end', actions: { end } },
};

function flowOf(first: object, changes: object = {}): Flow {
  const document = {
    id: 'support',
    name: 'Support',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'first',
    actions: { first, end },
    layout: { first: { x: 0, y: 0 }, end: { x: 0, y: 200 } },
    ...changes,
  };
  // Wrong on purpose, as drafts are.
  return document as unknown as Flow;
}

const issuesOf = (flow: Flow, code: string): Issue[] =>
  checkFlow(flow, knownIds).issues.filter((issue) => issue.code === code);

function fixesOf(flow: Flow, code: string): { issue: Issue; fixes: Fix[] } {
  const [issue] = issuesOf(flow, code);
  if (issue === undefined) throw new Error(`The flow has no ${code}: ${JSON.stringify(checkFlow(flow, knownIds))}`);
  return { issue, fixes: fixers[code]?.(fixContext(flow, issue, known)) ?? [] };
}

/** The document after a fix, with whatever is chosen first; and whether one undo gives back the very document. */
function applied(flow: Flow, fix: Fix): { after: Flow; isUndone: boolean } {
  const store = createEditorStore(flow);
  const command =
    'command' in fix ? fix.command : 'choose' in fix ? fix.choose.command(fix.choose.items[0]?.id ?? '') : null;
  if (command === null) return { after: flow, isUndone: true };
  store.getState().run(command);
  const after = store.getState().history.flow;
  store.getState().undo();
  return { after, isUndone: store.getState().history.flow === flow };
}

const problems: [string, string, Flow, string[]][] = [
  [
    'an outcome that leads nowhere',
    'unconnected-outcome',
    flowOf(decide(never, { yes: 'end' })),
    ['Transfer to General', 'Connect to…'],
  ],
  ['no first action', 'missing-entry', flowOf(decide(never), { entry: '' }), ['Begin with “Asked?”', 'Begin with…']],
  [
    'an action that no mail comes to',
    'unreachable-action',
    flowOf(decide(never, { yes: 'end' }), { actions: { first: decide(never, { yes: 'end' }), end, alone: end } }),
    ['Connect from…', 'Delete it'],
  ],
  [
    'a misspelt queue',
    'unknown-queue',
    flowOf({ ...end, settings: { queue: 'biling' } }),
    ['Use Billing', 'Create “biling”', 'Choose…'],
  ],
  ['a misspelt fallback', 'unknown-queue', flowOf(end, { fallback: { queue: 'generall' } }), ['Use General']],
  [
    'a field that a rule misspells',
    'unknown-variable',
    flowOf(decide({ contains: [{ var: ['email.subjct', ''] }, 'x'] })),
    ['Use email.subject'],
  ],
  [
    'a variable that a rule misses',
    'unknown-variable',
    flowOf(decide({ equals: [{ var: 'flow.topic' }, 'x'] })),
    ['Create the variable “topic”'],
  ],
  [
    'a field that a template misspells',
    'unknown-variable',
    flowOf(answer('Re: {{ email.subjct | upcase }} of email')),
    ['Use email.subject'],
  ],
  [
    'a variable that a template misses',
    'unknown-variable',
    flowOf(answer('{{ flow.topic }}')),
    ['Create the variable “topic”'],
  ],
  [
    'an assignment to a misspelt variable',
    'unknown-variable',
    flowOf(set('topik', 3), { variables: [{ name: 'topic', type: 'number' }] }),
    ['Use “topic”', 'Create the variable “topik”'],
  ],
  [
    'two variables of one name',
    'duplicate-variable',
    flowOf(end, {
      variables: [
        { name: 'topic', type: 'string' },
        { name: 'topic', type: 'number' },
      ],
    }),
    ['Rename it to “topic2”', 'Remove the second'],
  ],
  ['an answer to machines', 'answers-automatic-mail', flowOf(answer('Thanks')), ['Ask before it']],
  [
    'a connection to nowhere',
    'dangling-connection',
    flowOf(decide(never, { yes: 'gone', no: 'end' })),
    ['Connect to…', 'Remove the connection'],
  ],
  [
    'a connection from a misspelt outcome',
    'dangling-connection',
    flowOf(decide(never, { yes: 'end', noo: 'end' })),
    ['Move it to “no”', 'Remove the connection'],
  ],
  [
    'a broken regular expression',
    'bad-regular-expression',
    flowOf(decide({ matches: [{ var: 'email.subject' }, '[URGENT'] })),
    ['Look for it as plain text', 'Show the place'],
  ],
  [
    'a value that does not fit',
    'wrong-variable-value',
    flowOf(end, { variables: [{ name: 'count', type: 'number', initial: 'many' }] }),
    ['Begin empty'],
  ],
  [
    'two cases of one outcome',
    'duplicate-outcome',
    flowOf({
      type: 'switch',
      name: 'Which?',
      settings: {
        cases: [
          { outcome: 'a', condition: never },
          { outcome: 'a', condition: never },
        ],
      },
      next: { a: 'end', default: 'end' },
    }),
    ['Rename it to “a-2”'],
  ],
  ['a list that is not there', 'unknown-list', flowOf(decide({ 'in-list': ['x', { list: 'vps' }] })), ['Choose…']],
  ['a schedule that is not there', 'unknown-schedule', flowOf(decide({ 'within-schedule': ['ofice'] })), ['Choose…']],
  ['a task that is not there', 'unknown-task', flowOf(call({ task: 'thnk' }), { tasks }), ['Use Thank', 'Choose…']],
  ['a task that nothing calls', 'unused-task', flowOf(end, { tasks }), ['Delete the task']],
  [
    'an input that is not there',
    'unknown-input',
    flowOf(call({ task: 'thank', inputs: { wat: 'x' } }), { tasks }),
    ['Take “wat” out of the call'],
  ],
  [
    'an output that is not there',
    'unknown-output',
    flowOf(call({ task: 'thank', outputs: { a: 'sad' } }), { tasks, variables: [{ name: 'a', type: 'string' }] }),
    ['Take “a” out of the call'],
  ],
  ['a return to nobody', 'stray-leave', flowOf({ type: 'return', name: 'Back', settings: {} }), ['Delete it']],
  [
    'a variable of a task that is not there',
    'unknown-variable',
    flowOf(call({ task: 'thank' }), {
      tasks: { thank: { ...tasks.thank, entry: 'first', actions: { first: set('task.sad', 'x'), end } } },
    }),
    ['Use “task.said”', 'Create the variable “task.sad”'],
  ],
  [
    'two outputs of one name',
    'duplicate-variable',
    flowOf(call({ task: 'thank' }), {
      tasks: { thank: { ...tasks.thank, outputs: [...tasks.thank.outputs, ...tasks.thank.outputs] } },
    }),
    ['Rename it to “said2”'],
  ],
];

describe.each(problems)('%s', (_what, code, flow, labels) => {
  test('is offered what would mend it', () => {
    const { fixes } = fixesOf(flow, code);

    expect(fixes.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
  });

  test('is mended by each fix in one step that undo takes back', () => {
    const { issue, fixes } = fixesOf(flow, code);
    const changing = fixes.filter((fix) => 'command' in fix || 'choose' in fix);

    const results = changing.map((fix) => ({ label: fix.label, ...applied(flow, fix) }));

    expect(results.length).toBeGreaterThan(0);
    for (const { label, after, isUndone } of results) {
      const left = issuesOf(after, code).filter(
        ({ path, message }) => path === issue.path && message === issue.message,
      );
      expect([label, left, isUndone]).toEqual([label, [], true]);
    }
  });
});

test('every code that has a fix is a code of a check', () => {
  const shown = new Set(
    [...checks, ...flowChecks].map(({ name }) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
  );

  expect(Object.keys(fixers).filter((code) => !shown.has(code))).toEqual([]);
});
