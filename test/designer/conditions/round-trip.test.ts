import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  readComparison,
  sourceOf,
  startOf,
  writeComparison,
} from '../../../designer/conditions/comparison.ts';
import { createExpressions } from '../../../runtime/conditions/expressions.ts';
import type { Email } from '../../../schemas/email.ts';
import { inspectLogic } from '../../../schemas/inspect-logic.ts';
import type { Logic } from '../../../schemas/logic.ts';
import type { Schedule } from '../../../schemas/schedule.ts';
import type { Scope } from '../../../schemas/scope.ts';
import { conditionFields } from '../../../schemas/wording/condition-fields.ts';
import { operatorsFor } from '../../../schemas/wording/condition-operators.ts';
import { describeLogic } from '../../../schemas/wording/describe-logic.ts';

const fields = conditionFields([
  { name: 'category', type: 'string' },
  { name: 'score', type: 'number' },
  { name: 'known', type: 'boolean' },
  { name: 'tags', type: 'list' },
  { name: 'answer', type: 'json' },
]);

/** What people write by hand: the field, the operator and where each operand comes from, and how a sentence tells it. */
const shown: [Logic, string, string][] = [
  [{ var: 'email.isAutoReply' }, 'email.isAutoReply is-true', 'is an automatic reply'],
  [{ '!': { var: 'email.isList' } }, 'email.isList is-false', 'does not come from a mailing list'],
  [{ contains: [{ var: 'email.subject' }, 'x'] }, 'email.subject contains fixed', 'subject contains “x”'],
  [
    { '!': [{ 'starts-with': [{ var: ['email.subject'] }, 'Re:'] }] },
    'email.subject not-starts-with fixed',
    'subject does not start with “Re:”',
  ],
  [
    { contains: [{ var: 'email.subject' }, ['a', 'b', 'c', 'd']] },
    'email.subject contains values',
    'subject contains 4 values',
  ],
  [
    { 'in-list': [{ var: 'email.from.address' }, { list: ['vip'] }] },
    'email.from.address in-list list',
    'sender address is one of the list vip',
  ],
  [
    { equals: [{ var: 'email.from.domain' }, { var: 'flow.category' }] },
    'email.from.domain equals field',
    'sender domain is category',
  ],
  [{ '>=': [{ var: 'flow.score' }, 0.8] }, 'flow.score >= fixed', 'score ≥ 0.8'],
  [{ '<=': [1, { var: 'flow.score' }, 5] }, 'flow.score between fixed fixed', 'score is between 1 and 5'],
  [{ '>': [{ var: 'flow.score' }, { '+': [1, 2] }] }, 'flow.score > null', 'score > 1 + 2'],
  [{ '==': [{ var: 'flow.score' }, '1'] }, 'flow.score == null', 'score = “1”'],
  [
    { '>': [{ var: 'email.date' }, { 'from-now': [-3, 'days'] }] },
    'email.date after span',
    'date sent is after 3 days ago',
  ],
  [{ 'within-schedule': ['office'] }, 'system.now within-schedule schedule', 'now is within office'],
  [{ '!': [{ 'within-schedule': 'office' }] }, 'system.now not-within-schedule schedule', 'now is outside office'],
  [{ 'has-header': 'x-ticket' }, 'header:x-ticket has-header', 'header x-ticket is there'],
  [{ equals: [{ header: ['x-priority'] }, '1'] }, 'header:x-priority equals fixed', 'header x-priority is “1”'],
  [
    { some: [{ var: 'email.attachments' }, { 'ends-with': [{ var: 'name' }, '.pdf'] }] },
    'some email.attachments[].name ends-with fixed',
    'an attachment’s name ends with “.pdf”',
  ],
  [
    { all: [{ var: 'email.attachments' }, { '!': [{ contains: [{ var: 'type' }, 'image'] }] }] },
    'all email.attachments[].type not-contains fixed',
    'every attachment’s type does not contain “image”',
  ],
  [
    { '!': [{ some: [{ var: 'email.to' }, { equals: [{ var: 'address' }, 'a@b.test'] }] }] },
    'none email.to[].address equals fixed',
    'no To address is “a@b.test”',
  ],
];

function inShort(logic: Logic): string | null {
  const comparison = readComparison(logic, fields);
  if (comparison === null) return null;
  const { field, header, quantifier, operator, operands } = comparison;
  const name = header === '' ? field.id : `${field.id}:${header}`;
  const sources = operands.map((operand) => String(sourceOf(operand, comparison)));
  return [...(field.from.type === 'items' ? [quantifier] : []), name, operator.name, ...sources].join(' ');
}

describe('a line of the builder', () => {
  it.each(shown)('shows %j', (logic, line, sentence) => {
    expect(inShort(logic)).toBe(line);
    expect(describeLogic(logic)).toBe(sentence);
  });

  it.each<[Logic]>([
    [true],
    ['text'],
    [[]],
    [{}],
    [{ if: [{ var: 'email.isList' }, true, false] }],
    [{ '>': [{ '+': [{ var: 'flow.score' }, 1] }, 2] }],
    [{ contains: [{ var: 'email.subjekt' }, 'a'] }],
    [{ contains: [{ var: ['email.subject', 'none'] }, 'a'] }],
    [{ contains: [{ var: 'email.subject' }, 'a', 'b'] }],
    [{ '<': [1, { var: 'flow.score' }, 5] }],
    [{ 'has-header': { var: 'flow.category' } }],
    [{ and: [{ var: 'email.isList' }], or: [] }],
    [{ '!': [{ '!': [{ var: 'email.isList' }] }] }],
    [{ '!': [{ all: [{ var: 'email.to' }, { contains: [{ var: 'address' }, 'x'] }] }] }],
    [{ some: [{ var: 'email.to' }, { and: [{ var: 'address' }] }] }],
  ])('does not pretend to show %j', (logic) => {
    expect(readComparison(logic, fields)).toBeNull();
  });
});

const address = { address: 'kim@a.test', name: 'Kim', domain: 'a.test' };
const email: Email = {
  subject: '[URGENT] help',
  from: address,
  to: [address],
  cc: [],
  replyTo: [],
  date: '2030-01-01T00:00:00.000Z',
  messageId: 'one@a.test',
  inReplyTo: '',
  references: [],
  headers: { 'x-mark': ['1'] },
  text: 'text',
  html: '',
  preview: 'text',
  replyText: 'text',
  attachments: [{ name: 'a.pdf', type: 'application/pdf', size: 1, inline: false }],
  size: 100,
  language: 'en',
  isAutoReply: false,
  isBounce: false,
  isList: false,
  mayAutoRespond: true,
  evidence: [],
  authentication: { spf: 'none', dkim: 'none', dmarc: 'none' },
};
const scope: Scope = {
  email,
  interaction: { id: 'one', email, priority: 0, receivedAt: '2030-01-01T00:00:00.000Z' },
  flow: { category: 'a', score: 1, known: true, tags: ['a'] },
  route: { id: 'one', address: 'support@b.test' },
  mailbox: { id: 'one', name: 'one', address: 'support@b.test' },
  system: { now: '2030-01-01T00:00:00.000Z' },
};

/** Lines as a person clicks them together: any field, any of its operators, any source of each operand. */
const anyComparison: fc.Arbitrary<Comparison> = fc
  .tuple(fc.constantFrom(...fields), fc.nat(), fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), fc.nat(2))
  .map(([field, at, sources, of]) => {
    const choices = operatorsFor(field);
    const operator = choices[at % choices.length];
    if (operator === undefined) throw new Error(`${field.id} has no operators`);
    const operands = sources.slice(0, operator.takes).map((index) => {
      const source = operator.sources[index % operator.sources.length] ?? 'fixed';
      return source === 'list'
        ? { list: ['vip'] }
        : source === 'schedule'
          ? 'office'
          : startOf(source, field.kind, 'email.subject');
    });
    const quantifier = field.from.type === 'items' ? ((['some', 'all', 'none'] as const)[of] ?? 'some') : 'some';
    return { field, header: field.from.type === 'header' ? 'x-mark' : '', quantifier, operator, operands };
  });

const day = [{ from: '00:00', to: '24:00' }];
const office: Schedule = {
  id: 'office',
  name: 'Office',
  timeZone: 'UTC',
  weekly: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day },
  dates: [],
};

describe('whatever is clicked together', () => {
  it('comes back as itself, is accepted by the checks, and can be evaluated', () => {
    const { decide } = createExpressions({ list: () => ['a'], schedule: () => office });
    fc.assert(
      fc.property(anyComparison, (comparison) => {
        const logic = writeComparison(comparison);

        expect(readComparison(logic, fields)).toEqual(comparison);
        expect(inspectLogic(logic).problems).toEqual([]);
        expect(decide(logic, scope).holds, JSON.stringify(logic)).toEqual(expect.any(Boolean));
      }),
      { numRuns: 1_000 },
    );
  });
});
