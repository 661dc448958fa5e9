import { expect, it } from 'vitest';
import { linesOfComparison } from '../../../schemas/compare/change-words.ts';
import { compareFlows } from '../../../schemas/compare/compare-flows.ts';
import type { Flow } from '../../../schemas/flow.ts';

const before: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'urgent',
  variables: [{ name: 'topic', type: 'string', initial: '' }],
  actions: {
    urgent: {
      type: 'decision',
      name: 'Urgent?',
      settings: { condition: { contains: [{ var: 'email.subject' }, '[URGENT]'] } },
      next: { yes: 'raise', no: 'end' },
    },
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 5 }, next: { done: 'end' } },
    which: { type: 'switch', name: 'Which?', settings: { cases: [{ outcome: 'a', condition: true }] } },
    answer: {
      type: 'auto-response',
      name: 'Answer',
      settings: { subject: 'Re', body: `Hello\n${'x'.repeat(500)} bye` },
    },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general' } },
  },
};

const after: Flow = {
  ...before,
  fallback: { queue: 'general', priority: 3 },
  variables: [],
  entry: 'raise',
  actions: {
    urgent: {
      type: 'decision',
      name: 'Really urgent?',
      settings: { condition: { contains: [{ var: 'email.subject' }, 'now'] } },
      next: { yes: 'drop' },
    },
    raise: { type: 'disconnect', name: 'Raise', settings: {} },
    which: {
      type: 'switch',
      name: 'Which?',
      settings: {
        cases: [
          { outcome: 'a', condition: false },
          { outcome: 'b', condition: true },
        ],
      },
    },
    answer: {
      type: 'auto-response',
      name: 'Answer',
      settings: { subject: 'Re', body: `Hello\n${'x'.repeat(500)} see you` },
    },
    drop: { type: 'disconnect', name: 'Drop', settings: {} },
  },
};

it('tells every change in words', () => {
  const vocabulary = { logic: (rule: unknown) => JSON.stringify(rule), queue: (id: string) => `queue ${id}` };

  const lines = linesOfComparison(compareFlows(before, after), { before, after }, vocabulary);

  expect(lines).toEqual([
    '~ fallback priority added: 3',
    '~ first action: “Urgent?” → “Raise”',
    '~ variable topic removed (was text, at first “”)',
    '~ changed “Really urgent?”, before “Urgent?”',
    '    name: “Urgent?” → “Really urgent?”',
    '    condition: {"contains":[{"var":"email.subject"},"[URGENT]"]} → {"contains":[{"var":"email.subject"},"now"]}',
    '    outcome yes now leads to “Drop” (before: leads to “Raise”)',
    '    outcome no now leads nowhere (before: leads to “End”)',
    '~ changed “Raise”',
    '    kind of action: set priority → disconnect',
    '~ changed “Which?”',
    '    case a, condition: true → false',
    '    case b added: “b”: true',
    '~ changed “Answer”',
    `    text: “…${'x'.repeat(39)} bye” → “…${'x'.repeat(39)} see you”`,
    '+ added “Drop”',
    '- removed “End”',
  ]);
});
