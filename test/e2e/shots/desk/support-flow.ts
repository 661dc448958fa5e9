import type { Flow } from '../../../../schemas/flow.ts';
import { thankTask } from './thank-task.ts';

type Actions = Flow['actions'];

const asks: Actions = {
  'auto-reply': {
    type: 'decision',
    name: 'Automatic reply?',
    settings: { condition: { var: 'email.isAutoReply' } },
    next: { yes: 'drop', no: 'contract' },
  },
  drop: { type: 'disconnect', name: 'Drop it', settings: { reason: 'automatic reply' } },
  contract: {
    type: 'decision',
    name: 'A customer with a service contract?',
    note: 'The list is kept by the sales desk; contracts that ended are taken out on the first of the month.',
    settings: {
      condition: {
        or: [
          { 'in-list': [{ var: 'email.from.address' }, { list: ['contract-customers'] }] },
          {
            and: [
              { 'ends-with': [{ var: 'email.from.domain' }, 'northwind.example'] },
              { '!': [{ 'within-schedule': ['office-hours'] }] },
              { none: [{ var: 'email.attachments' }, { contains: [{ var: 'type' }, 'application/x-msdownload'] }] },
            ],
          },
        ],
      },
    },
    next: { yes: 'raise', no: 'urgent' },
  },
  raise: {
    type: 'set-priority',
    name: 'Before everybody else',
    settings: { priority: 25 },
    next: { done: 'to-contract' },
  },
  urgent: {
    type: 'decision',
    name: 'Urgent?',
    settings: { condition: { contains: [{ var: 'email.subject' }, '[URGENT]'] } },
    next: { yes: 'p10', no: 'topic' },
  },
  p10: { type: 'set-priority', name: 'Priority 10', settings: { priority: 10 }, next: { done: 'to-priority' } },
  topic: {
    type: 'switch',
    name: 'What is it about?',
    settings: {
      cases: [
        {
          outcome: 'money',
          condition: {
            contains: [
              { var: 'email.subject' },
              [
                'invoice',
                'refund',
                'payment',
                'credit note',
                'Rechnung',
                'Mahnung',
                'facture',
                'fattura',
                'chargeback',
              ],
            ],
          },
        },
        { outcome: 'delivery', condition: { matches: [{ var: 'email.subject' }, '(?i)parcel|delivery|tracking'] } },
        { outcome: 'attachments', condition: { '>': [{ var: 'email.attachments.length' }, 0] } },
      ],
    },
    next: { money: 'to-billing', delivery: 'thank', attachments: 'each-file', default: 'classify' },
  },
};

const looks: Actions = {
  'each-file': {
    type: 'loop',
    name: 'Each attachment',
    settings: { over: { var: 'email.attachments' }, maxRounds: 20 },
    next: { each: 'is-program', done: 'fraud' },
  },
  'is-program': {
    type: 'decision',
    name: 'A program?',
    settings: { condition: { 'ends-with': [{ var: 'loop.item.name' }, ['.exe', '.scr', '.js']] } },
    next: { yes: 'remember', no: 'next-file' },
  },
  remember: {
    type: 'update-data',
    name: 'Remember it',
    settings: {
      assignments: [
        { variable: 'suspicious', value: true },
        { variable: 'reason', value: { cat: ['a program is attached: ', { var: 'loop.item.name' }] } },
      ],
    },
    next: { done: 'enough' },
  },
  enough: { type: 'exit-loop', name: 'Enough', settings: {} },
  'next-file': { type: 'next-loop', name: 'The next one', settings: {} },
  fraud: {
    type: 'call-flow',
    name: 'Fraud check',
    settings: { flow: 'fraud-check', inputs: { sender: { var: 'email.from.address' } }, outputs: { score: 'score' } },
    next: { done: 'classify' },
  },
  classify: {
    type: 'data-action',
    name: 'Ask the classifier',
    settings: {
      method: 'POST',
      url: 'https://classify.desk.example/v2/mails',
      headers: [{ name: 'X-Desk', value: '{{ mailbox.name }}' }],
      body: { subject: '{{ email.subject }}', text: '{{ email.preview }}', language: '{{ email.language }}' },
      response: [
        { variable: 'category', pointer: '/category' },
        { variable: 'score', pointer: '/confidence' },
      ],
      timeoutMs: 3_000,
    },
    next: { success: 'ack', failure: 'ack', timeout: 'ack' },
  },
};

const ends: Actions = {
  thank: {
    type: 'call-task',
    name: 'Thank the sender',
    settings: { task: 'thank', inputs: { what: 'your question about a delivery' } },
    next: { done: 'to-delivery' },
  },
  ack: {
    type: 'auto-response',
    name: 'Acknowledge',
    settings: {
      subject: 'Re: {{ interaction.email.subject }}',
      body: 'Hello,\n\nthank you for writing to us. Your message has arrived; a member of our support team will read it and answer you.\n\nYour reference: {{ interaction.id }}\n{% if flow.category == "technical" %}\nIf you can, please tell us which version you use.\n{% endif %}\nKind regards,\nThe support team\n',
      html: '<p>Hello,</p>\n<p>thank you for writing to us. Your message has arrived; a member of our <b>support team</b> will read it and answer you.</p>\n<p>Your reference: <code>{{ interaction.id }}</code></p>\n<p>Kind regards,<br>The support team</p>\n',
    },
    next: { done: 'to-general' },
  },
  'to-contract': {
    type: 'transfer-to-queue',
    name: 'Contract customers',
    settings: { queue: 'enterprise-support', skills: ['english', 'contracts'] },
  },
  'to-priority': { type: 'transfer-to-queue', name: 'Priority support', settings: { queue: 'priority-support' } },
  'to-billing': { type: 'transfer-to-queue', name: 'Accounts', settings: { queue: 'billing', priority: 5 } },
  'to-delivery': { type: 'transfer-to-queue', name: 'Parcels and deliveries', settings: { queue: 'deliveries' } },
  'to-general': { type: 'transfer-to-queue', name: 'General support', settings: { queue: 'general' } },
};

/** A flow as a support desk would have it after a year: every kind of form, a task, a module, groups and notes. */
export const supportFlow: Flow = {
  id: 'support',
  name: 'Customer support',
  type: 'inbound-email',
  description: 'All mail to support@: contracts first, urgent mail next, then by what it is about.',
  variables: [
    {
      name: 'category',
      type: 'string',
      initial: '',
      description: 'What the classifier says: billing, technical, other',
    },
    { name: 'score', type: 'number', initial: 0 },
    { name: 'suspicious', type: 'boolean', initial: false },
    { name: 'reason', type: 'string', initial: '' },
  ],
  fallback: { queue: 'general' },
  entry: 'auto-reply',
  actions: { ...asks, ...looks, ...ends },
  tasks: { thank: thankTask },
  groups: {
    files: {
      name: 'Look through the attachments',
      actions: ['each-file', 'is-program', 'remember', 'enough', 'next-file'],
    },
  },
  notes: {
    owner: {
      text: 'Owner: Priya (Customer Care)\n\nAsk before you change what contract customers get: it is in their contracts.',
      colour: 'yellow',
      x: -620,
      y: 0,
      width: 230,
      height: 130,
    },
  },
};
