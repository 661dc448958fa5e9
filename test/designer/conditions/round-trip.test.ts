import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operatorsFor } from '../../../designer/conditions/builder-operators.ts';
import { type ConditionField, conditionFields } from '../../../designer/conditions/condition-fields.ts';
import { isSameLogic } from '../../../designer/conditions/logic-shape.ts';
import { logicToRules } from '../../../designer/conditions/logic-to-rules.ts';
import type { Rule, RuleGroup } from '../../../designer/conditions/rules.ts';
import { rulesToLogic } from '../../../designer/conditions/rules-to-logic.ts';
import { createExpressions } from '../../../runtime/conditions/expressions.ts';
import type { Email } from '../../../schemas/email.ts';
import { inspectLogic } from '../../../schemas/inspect-logic.ts';
import type { Logic } from '../../../schemas/logic.ts';
import type { Scope } from '../../../schemas/scope.ts';

const fields = conditionFields([
  { name: 'category', type: 'string' },
  { name: 'score', type: 'number' },
  { name: 'known', type: 'boolean' },
  { name: 'tags', type: 'list' },
]);

/** What the design documents and people write by hand, and what the builder makes of it. */
const shown: [Logic, Rule | RuleGroup][] = [
  [{ var: 'email.isAutoReply' }, { field: 'email.isAutoReply', operator: 'is-true', value: '' }],
  [{ '!': { var: 'email.isList' } }, { field: 'email.isList', operator: 'is-false', value: '' }],
  [
    { contains: [{ var: 'email.subject' }, '[URGENT]'] },
    { field: 'email.subject', operator: 'contains', value: '[URGENT]' },
  ],
  [
    { '!': [{ 'starts-with': [{ var: ['email.subject'] }, 'Re:'] }] },
    { field: 'email.subject', operator: 'not-starts-with', value: 'Re:' },
  ],
  [
    { 'in-list': [{ var: 'email.from.domain' }, ['a.test', 'b.test']] },
    { field: 'email.from.domain', operator: 'in-list', value: ['a.test', 'b.test'] },
  ],
  [{ '>=': [{ var: 'flow.score' }, 0.8] }, { field: 'flow.score', operator: '>=', value: 0.8 }],
  [{ 'has-header': 'x-ticket' }, { field: 'header', operator: 'has-header', value: { header: 'x-ticket', value: '' } }],
  [
    { equals: [{ header: ['x-priority'] }, '1'] },
    { field: 'header', operator: 'equals', value: { header: 'x-priority', value: '1' } },
  ],
  [
    { some: [{ var: 'email.attachments' }, { 'ends-with': [{ var: 'name' }, '.pdf'] }] },
    { field: 'email.attachments[].name', operator: 'ends-with', value: '.pdf' },
  ],
  [{ 'is-set': [{ var: 'flow.tags' }] }, { field: 'flow.tags', operator: 'is-set', value: '' }],
];

describe('logic that the rules can show', () => {
  it.each(shown)('%j', (logic, rule) => {
    const rules = logicToRules(logic, fields);

    expect(rules).toEqual({ combinator: 'and', rules: [rule] });
    expect(isSameLogic(rulesToLogic(rules as RuleGroup, fields), logic)).toBe(true);
  });

  it('nested all, any and not', () => {
    const logic: Logic = {
      and: [
        { contains: [{ var: 'email.subject' }, 'invoice'] },
        { or: [{ var: 'flow.known' }, { '!': [{ and: [{ var: 'email.isList' }, { var: 'email.isBounce' }] }] }] },
      ],
    };

    const rules = logicToRules(logic, fields);

    expect(rules).toMatchObject({
      combinator: 'and',
      rules: [
        { operator: 'contains' },
        { combinator: 'or', rules: [{ operator: 'is-true' }, { combinator: 'and', not: true }] },
      ],
    });
    expect(rulesToLogic(rules as RuleGroup, fields)).toEqual(logic);
  });
});

describe('logic that only the raw view can show', () => {
  const hidden: Logic[] = [
    true,
    'text',
    [],
    {},
    { if: [{ var: 'email.isList' }, true, false] },
    { '>': [{ '+': [{ var: 'flow.score' }, 1] }, 2] },
    { contains: [{ var: 'email.subject' }, { var: 'flow.category' }] },
    { contains: [{ var: 'email.subjekt' }, 'a'] },
    { contains: [{ var: ['email.subject', 'none'] }, 'a'] },
    { contains: [{ var: 'email.subject' }, 'a', 'b'] },
    { none: [{ var: 'email.to' }, { contains: [{ var: 'address' }, 'x'] }] },
    { '==': [{ var: 'flow.score' }, '1'] },
    { contains: [{ var: 'email.subject' }, 1] },
    { and: [{ var: 'email.isList' }], or: [] } as Logic,
    { '!': [{ '!': [{ var: 'email.isList' }] }] },
  ];

  it.each(hidden)('%j', (logic) => {
    expect(logicToRules(logic, fields)).toBeNull();
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

/** Rules as a person clicks them together. */
const anyRule: fc.Arbitrary<Rule> = fc
  .tuple(
    fc.constantFrom(...fields),
    fc.nat(),
    fc.string(),
    fc.integer(),
    fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }),
  )
  .filter(([field]) => operatorsFor(field).length > 0)
  .map(([field, at, text, number, list]) => ruleOn(field, at, text, number, list));

function ruleOn(field: ConditionField, at: number, text: string, number: number, list: string[]): Rule {
  const choices = operatorsFor(field);
  const operator = choices[at % choices.length];
  if (operator === undefined) throw new Error(`${field.id} has no operators`);
  const isNumber = field.kind === 'number';
  const one = isNumber ? number : text;
  const value = operator.value === 'none' ? '' : operator.value === 'list' ? (isNumber ? [number] : list) : one;
  return {
    field: field.id,
    operator: operator.name,
    value: field.id === 'header' ? { header: 'x-mark', value } : value,
  };
}

const { group: anyGroup } = fc.letrec<{ group: RuleGroup; part: Rule | RuleGroup }>((tie) => ({
  part: fc.oneof({ maxDepth: 3 }, anyRule, tie('group')),
  group: fc.record({
    combinator: fc.constantFrom('and' as const, 'or' as const),
    rules: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
    not: fc.boolean(),
  }),
}));

describe('whatever is clicked together', () => {
  it('comes back as rules of the same meaning, and as logic that the checks accept', () => {
    fc.assert(
      fc.property(anyGroup, (group) => {
        const logic = rulesToLogic(group, fields);
        const rules = logicToRules(logic, fields);

        if (rules !== null) expect(isSameLogic(rulesToLogic(rules, fields), logic)).toBe(true);
        expect(inspectLogic(logic).problems).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('a single rule always comes back as itself', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const rules = logicToRules(rulesToLogic({ combinator: 'and', rules: [rule] }, fields), fields);

        expect(rules?.rules).toEqual([rule]);
      }),
      { numRuns: 300 },
    );
  });

  it('can be evaluated, each operator on each field', () => {
    const { decide } = createExpressions();

    for (const field of fields) {
      for (const [at] of operatorsFor(field).entries()) {
        const rule = ruleOn(field, at, 'text', 3, ['text']);
        const logic = rulesToLogic({ combinator: 'and', rules: [rule] }, fields);
        expect(decide(logic, scope).holds, JSON.stringify(logic)).toEqual(expect.any(Boolean));
      }
    }
  });
});
