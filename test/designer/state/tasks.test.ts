import { describe, expect, it } from 'vitest';
import { addTask, duplicateTask } from '../../../designer/state/commands/add-task.ts';
import { changeTaskSettings } from '../../../designer/state/commands/change-task.ts';
import { callsOfTask, deleteTask } from '../../../designer/state/commands/delete-task.ts';
import { extractTask, whyNotExtract } from '../../../designer/state/commands/extract-task.ts';
import { renameTaskVariable } from '../../../designer/state/commands/rename-variable.ts';
import { createEditorStore } from '../../../designer/state/editor-store.ts';
import type { Action } from '../../../schemas/actions/index.ts';
import { checkFlow } from '../../../schemas/check-flow.ts';
import type { Flow } from '../../../schemas/flow.ts';

const priority = (name: string, done: string): Action => ({
  type: 'set-priority',
  name,
  settings: { priority: 5 },
  next: { done },
});
const ask = (name: string, yes: string, no: string): Action => ({
  type: 'decision',
  name,
  settings: { condition: { var: 'email.isList' } },
  next: { yes, no },
});
const end: Action = { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general' } };
const stop: Action = { type: 'disconnect', name: 'Stop', settings: {} };

const flow: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'first',
  actions: {
    first: ask('First?', 'raise', 'end'),
    raise: ask('Raise?', 'high', 'low'),
    high: priority('High', 'end'),
    low: priority('Low', 'end'),
    end,
  },
  layout: {
    first: { x: 0, y: 0 },
    raise: { x: 0, y: 200 },
    high: { x: -100, y: 400 },
    low: { x: 100, y: 400 },
    end: { x: 0, y: 600 },
  },
};
const problems = (document: Flow) => checkFlow(document, {}).issues.map(({ code }) => code);

describe('extracting actions to a task', () => {
  it('moves them, calls the task where they were, and goes on where they went on', () => {
    const store = createEditorStore(flow);

    store.getState().run(extractTask(flow, null, ['raise', 'high', 'low'], 'Raise?'));

    const { history, sheet } = store.getState();
    expect(sheet).toBe('raise');
    expect(Object.keys(history.flow.actions)).toEqual(['first', 'call-task', 'end']);
    expect(history.flow.actions['call-task']).toEqual({
      type: 'call-task',
      name: 'Raise?',
      settings: { task: 'raise' },
      next: { done: 'end' },
    });
    expect(history.flow.actions.first?.next).toEqual({ yes: 'call-task', no: 'end' });
    expect(history.flow.layout?.['call-task']).toEqual({ x: 0, y: 200 });
    expect(history.flow.tasks?.raise?.actions.high?.next).toEqual({ done: 'return' });
    expect(problems(history.flow)).toEqual([]);
    store.getState().undo();
    expect(store.getState().history.flow).toBe(flow);
    expect(store.getState().sheet).toBe(null);
  });

  it('needs no way on where every way ends in the task', () => {
    const after = extractTask(flow, null, ['raise', 'high', 'low', 'end', 'first'], 'All').applyToFlow(flow);

    expect(after.entry).toBe('call-task');
    expect(after.actions['call-task']).not.toHaveProperty('next');
    expect(problems(after)).toEqual([]);
  });

  it('is refused with one sentence, and then changes nothing', () => {
    const refused: [Flow, string | null, string[], RegExp][] = [
      [flow, null, ['high', 'low'], /begins at one card, but 2/],
      [
        { ...flow, actions: { ...flow.actions, low: priority('Low', 'stop'), stop } },
        null,
        ['raise', 'high', 'low'],
        /lead to 2 others/,
      ],
      [{ ...flow, actions: { ...flow.actions, alone: end } }, null, ['alone'], /No mail comes/],
      [
        {
          ...flow,
          actions: {
            first: { type: 'loop', name: 'Each', settings: { over: 2 }, next: { each: 'raise', done: 'end' } },
            raise: priority('Raise', 'high'),
            high: { type: 'next-loop', name: 'Next', settings: {} },
            end,
          },
        },
        null,
        ['raise', 'high'],
        /“Next” needs its loop/,
      ],
      [
        {
          ...flow,
          tasks: { t: { name: 'T', entry: 'a', actions: { a: { type: 'return', name: 'Back', settings: {} } } } },
        },
        't',
        ['a'],
        /“Back” goes back from here/,
      ],
    ];

    for (const [document, sheet, ids, words] of refused) {
      const drawn = sheet === null ? document : document.tasks?.[sheet];
      if (drawn === undefined) throw new Error('The sheet is missing.');
      expect(whyNotExtract(drawn, sheet, ids)).toMatch(words);
      expect(extractTask(document, sheet, ids, 'X').applyToFlow(document)).toBe(document);
    }
  });
});

describe('tasks', () => {
  it('are added, copied and deleted under names and ids of their own', () => {
    const store = createEditorStore(flow);
    const { run } = store.getState();

    run(addTask(flow, { name: 'Thank', isShown: true }).command);
    const first = store.getState().history.flow.tasks?.thank;
    if (first === undefined) throw new Error('No task was added.');
    run(duplicateTask(store.getState().history.flow, first).command);

    expect(Object.entries(store.getState().history.flow.tasks ?? {}).map(([id, { name }]) => [id, name])).toEqual([
      ['thank', 'Thank'],
      ['thank-2', 'Thank 2'],
    ]);
    expect(store.getState().sheet).toBe('thank-2');
    run(deleteTask('thank-2'));
    expect(store.getState().sheet).toBe(null);
    run(deleteTask('thank'));
    expect(store.getState().history.flow).toEqual(flow);
  });

  it('know what calls them', () => {
    const after = extractTask(flow, null, ['high'], 'High').applyToFlow(flow);

    expect(callsOfTask(after, 'high')).toEqual([{ sheet: null, action: 'call-task', name: 'High' }]);
  });

  it('have inputs that are renamed in the task and in every call', () => {
    const described: Flow = {
      ...flow,
      variables: [{ name: 'a', type: 'string' }],
      actions: {
        ...flow.actions,
        high: {
          type: 'call-task',
          name: 'Call',
          settings: { task: 't', inputs: { text: { var: 'flow.a' } }, outputs: { a: 'text2' } },
          next: { done: 'end' },
        },
      },
      tasks: {
        t: {
          name: 'T',
          inputs: [{ name: 'text', type: 'string' }],
          outputs: [{ name: 'text2', type: 'string' }],
          entry: 'set',
          actions: {
            set: {
              type: 'update-data',
              name: 'Set',
              settings: { assignments: [{ variable: 'task.text2', value: { cat: [{ var: 'task.text' }, '!'] } }] },
              next: { done: 'say' },
            },
            say: {
              type: 'auto-response',
              name: 'Say',
              settings: { subject: '{{ task.text }} {{ flow.text }}', body: '{{ task["text"] | upcase }}' },
              next: { done: 'back' },
            },
            back: { type: 'return', name: 'Back', settings: {} },
          },
        },
      },
    };

    const once = renameTaskVariable('t', 'text', 'words').applyToFlow(described);
    const after = renameTaskVariable('t', 'text2', 'said').applyToFlow(once);

    expect(after.actions.high?.settings).toEqual({
      task: 't',
      inputs: { words: { var: 'flow.a' } },
      outputs: { a: 'said' },
    });
    expect(after.tasks?.t?.actions.set?.settings).toEqual({
      assignments: [{ variable: 'task.said', value: { cat: [{ var: 'task.words' }, '!'] } }],
    });
    expect(after.tasks?.t?.actions.say?.settings).toEqual({
      subject: '{{ task.words }} {{ flow.text }}',
      body: '{{ task["words"] | upcase }}',
    });
    expect(
      renameTaskVariable('t', 'said', 'text2').applyToFlow(renameTaskVariable('t', 'words', 'text').applyToFlow(after)),
    ).toEqual(described);
  });

  it('leave no trace of what is empty', () => {
    const one = addTask(flow, { name: 'T', isShown: false }).command.applyToFlow(flow);
    const two = changeTaskSettings('t', { inputs: [{ name: 'a', type: 'string' }], description: 'x' }).applyToFlow(one);

    expect(changeTaskSettings('t', { inputs: [], description: '' }).applyToFlow(two)).toEqual(one);
  });
});
