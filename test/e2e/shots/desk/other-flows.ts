import type { Flow } from '../../../../schemas/flow.ts';

/** Called by the support flow. */
export const fraudCheck: Flow = {
  id: 'fraud-check',
  name: 'Fraud check',
  type: 'module',
  description: 'Says how likely a mail is a fraud, from 0 to 1.',
  inputs: [{ name: 'sender', type: 'string' }],
  outputs: [{ name: 'score', type: 'number' }],
  fallback: { queue: 'general' },
  entry: 'rate',
  actions: {
    rate: {
      type: 'update-data',
      name: 'Rate the sender',
      settings: {
        assignments: [{ variable: 'score', value: { if: [{ var: 'email.authentication.spf' }, 0.1, 0.6] } }],
      },
      next: { done: 'back' },
    },
    back: { type: 'return', name: 'Return', settings: {} },
  },
};

/** Two people change it at once: what each side did to it stands in `fill-desk.ts`. */
export const returnsFlow: Flow = {
  id: 'returns',
  name: 'Returns and refunds',
  type: 'inbound-email',
  description: 'Mail to returns@: with an order number to the warehouse, without one back to the sender.',
  fallback: { queue: 'general' },
  entry: 'has-number',
  actions: {
    'has-number': {
      type: 'decision',
      name: 'An order number?',
      settings: { condition: { matches: [{ var: 'email.subject' }, '\\b[0-9]{6}\\b'] } },
      next: { yes: 'warehouse', no: 'ask' },
    },
    ask: {
      type: 'auto-response',
      name: 'Ask for the number',
      settings: { subject: 'Your return', body: 'Hello,\n\nplease send us the number of your order.\n' },
      next: { done: 'wait' },
    },
    warehouse: { type: 'transfer-to-queue', name: 'Warehouse', settings: { queue: 'deliveries' } },
    wait: { type: 'transfer-to-queue', name: 'Wait for the answer', settings: { queue: 'general' } },
  },
};

/** Half drawn: errors and warnings of several kinds. */
export const halfDrawn: Flow = {
  id: 'press',
  name: 'Press and public relations, including everything that comes in by the form of the annual report',
  type: 'inbound-email',
  variables: [{ name: 'outlet', type: 'string', initial: '' }],
  fallback: { queue: 'general' },
  entry: 'journalist',
  actions: {
    journalist: {
      type: 'decision',
      name: 'From a journalist whose outlet is on the list of the press office?',
      settings: { condition: { contains: [{ var: 'email.subjekt' }, 'interview'] } },
      next: { yes: 'answer' },
    },
    answer: {
      type: 'auto-response',
      name: 'Thank you for your interest in our company and its annual report',
      settings: { subject: 'Re: {{ email.subject }}', body: 'You wrote:\n\n{{ email.text }}\n\n{{ email.sender }}' },
      next: { done: 'office' },
    },
    office: { type: 'transfer-to-queue', name: 'Press office', settings: { queue: 'press-office' } },
    alone: { type: 'disconnect', name: 'Nobody comes here', settings: { reason: 'spam' } },
  },
};
