import { describe, expect, it } from 'vitest';
import { findInFlow } from '../../../designer/find/find-in-flow.ts';
import type { Flow } from '../../../schemas/flow.ts';

const flow: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'ask',
  actions: {
    ask: {
      type: 'decision',
      name: 'Automatic?',
      note: 'Grace asked for this',
      settings: { condition: { and: [{ contains: [{ var: 'email.subject' }, 'Rechnung'] }, true] } },
      next: { yes: 'end' },
    },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'q1', priority: 42 } },
  },
  tasks: {
    thank: {
      name: 'Thank',
      entry: 'answer',
      actions: {
        answer: {
          type: 'auto-response',
          name: 'Answer',
          settings: { subject: 'Danke', body: `${'x'.repeat(80)} Rechnung` },
        },
      },
    },
  },
};
const nameOf = (queue: string) => (queue === 'q1' ? 'First line' : queue);
const found = (text: string) =>
  findInFlow(flow, text, nameOf).map(({ sheet, action, where }) => [sheet, action, where]);

describe('finding in a flow', () => {
  it.each([
    ['automatic', [[null, 'ask', 'name']]],
    ['ASK', [[null, 'ask', 'id']]],
    ['grace', [[null, 'ask', 'note']]],
    ['first line', [[null, 'end', 'queue']]],
    ['42', [[null, 'end', 'setting priority']]],
    [
      'rechnung',
      [
        [null, 'ask', 'setting condition'],
        ['thank', 'answer', 'setting body'],
      ],
    ],
    ['   ', []],
    ['nowhere', []],
  ])('finds “%s”', (text, places) => {
    expect(found(text)).toEqual(places);
  });

  it('shows a few words around what was found in a long text', () => {
    const [hit] = findInFlow({ ...flow, actions: {} }, 'Rechnung', nameOf);

    expect(hit?.excerpt).toBe(`…${'x'.repeat(23)} Rechnung`);
  });
});
