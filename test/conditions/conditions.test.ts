import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import jsonLogic from 'json-logic-js';
import { describe, expect, it } from 'vitest';
import { createExpressions } from '../../runtime/conditions/expressions.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import { inspectLogic } from '../../schemas/inspect-logic.ts';
import type { Logic } from '../../schemas/logic.ts';
import { operators } from '../../schemas/operators.ts';
import type { ConditionTrace } from '../../schemas/run.ts';
import type { Scope } from '../../schemas/scope.ts';
import { scopeOf } from './scope.ts';

interface Case {
  shows: string;
  rule: Logic;
  email?: Partial<Email>;
  value?: unknown;
  error?: string;
}

const entries: (string | Case)[] = JSON.parse(
  readFileSync(new URL('../cases/conditions.json', import.meta.url), 'utf8'),
);
const cases = entries.filter((entry) => typeof entry !== 'string');

describe('conditions', () => {
  it.each(cases)('$shows', ({ rule, email, value, error }) => {
    const expressions = createExpressions();
    const evaluate = () => expressions.evaluate(rule, scopeOf(email));

    if (error === undefined) expect(evaluate()).toEqual(value);
    else expect(codeOf(evaluate)).toBe(error);
  });

  it('refuses a rule that is nested too deep, and one that is too large', () => {
    let deep: Logic = true;
    for (let level = 0; level < 70; level += 1) deep = { '!': [deep] };
    const large: Logic = { merge: Array.from({ length: 10_001 }, () => 1) };
    const expressions = createExpressions();

    const codes = [deep, large].map((rule) => codeOf(() => expressions.evaluate(rule, scopeOf())));

    expect(codes).toEqual(['rule-too-deep', 'rule-too-large']);
  });

  it('stops a rule that multiplies a list, and one that doubles a text', () => {
    const list = Array.from({ length: 400 }, (_, index) => index);
    const multiplied: Logic = { map: [list, { map: [list, { '+': [{ var: '' }, 1] }] }] };
    const joined: Logic = { cat: [{ var: 'accumulator' }, { var: 'accumulator' }] };
    const doubled: Logic = { reduce: [list, joined, 'x'] };
    const expressions = createExpressions();

    const codes = [multiplied, doubled].map((rule) => codeOf(() => expressions.evaluate(rule, scopeOf())));

    expect(codes).toEqual(['evaluation-limit', 'evaluation-limit']);
  });

  it('refuses a text that is too long for a regular expression', () => {
    const scope = scopeOf({ text: 'a'.repeat(1_000_001) });

    const code = codeOf(() => createExpressions().evaluate({ matches: [{ var: 'email.text' }, 'b'] }, scope));

    expect(code).toBe('text-too-long');
  });

  it('matches patterns that would never end by going back and forth', () => {
    const subject = `${'a'.repeat(50_000)}!`;
    const patterns = ['^(a+)+$', '^(a|a)*$', '(.*a){20}$', '^([a-z]+)*\\d$'];

    const found = patterns.map((pattern) =>
      createExpressions().evaluate({ matches: [{ var: 'email.subject' }, pattern] }, scopeOf({ subject })),
    );

    expect(found).toEqual([false, false, false, false]);
  });

  it('compares a letter with a hundred thousand marks on it without composing it', () => {
    // Composed, this takes minutes: the test would run out of time.
    const subject = `[URGENT] a${'\u0301\u0316'.repeat(100_000)}`;

    const holds = createExpressions().evaluate(
      { contains: [{ var: 'email.subject' }, '[urgent]'] },
      scopeOf({ subject }),
    );

    expect(holds).toBe(true);
  });

  it('leaves the library, which is one for the process, as it was', () => {
    createExpressions().evaluate({ contains: ['abc', 'b'] }, scopeOf());

    expect(() => jsonLogic.apply({ contains: ['abc', 'b'] })).toThrow('Unrecognized operation');
  });

  it('pollutes no prototype', () => {
    const hostile: Logic = JSON.parse('{"merge":[{"var":"flow.__proto__"},{"__proto__":[1]}]}');

    const code = codeOf(() => createExpressions().evaluate(hostile, scopeOf()));

    expect(code).toBe('unknown-operator');
    expect(Reflect.get({}, '1')).toBeUndefined();
  });
});

describe('the trace of a condition', () => {
  it('has the value of every part, and says which could no longer change the answer', () => {
    const urgent: Logic = { contains: [{ var: 'email.subject' }, 'order'] };
    const bulky: Logic = { '>': [{ var: 'email.size' }, 9_000] };

    const { holds, trace } = createExpressions().decide({ or: [urgent, bulky] }, scopeOf());

    expect(holds).toBe(true);
    expect(trace).toEqual({
      rule: { or: [urgent, bulky] },
      value: true,
      decided: true,
      parts: [
        {
          rule: urgent,
          value: true,
          decided: true,
          parts: [{ rule: { var: 'email.subject' }, value: 'Where is my order?', decided: true, parts: [] }],
        },
        {
          rule: bulky,
          value: false,
          decided: false,
          parts: [{ rule: { var: 'email.size' }, value: 3_000, decided: false, parts: [] }],
        },
      ],
    });
  });

  it('records the failure of a part that was not needed, and goes on', () => {
    const { holds, trace } = createExpressions().decide({ or: [true, { 'within-schedule': 'x' }] }, scopeOf());

    expect(holds).toBe(true);
    expect(trace.parts).toEqual([
      { rule: { 'within-schedule': 'x' }, error: expect.stringContaining('no schedule'), decided: false, parts: [] },
    ]);
  });

  it('lets a part that is not needed use up nothing of what is', () => {
    const list = Array.from({ length: 400 }, (_, index) => index);
    const costly: Logic = { some: [list, { some: [list, { '==': [{ var: '' }, -1] }] }] };
    const rule: Logic = { and: [{ or: [true, costly] }, { or: [true, costly] }, { '==': [1, 1] }] };

    const { holds } = createExpressions().decide(rule, scopeOf());

    expect(holds).toBe(true);
  });

  it('keeps at most 500 characters of a text', () => {
    const { trace } = createExpressions().decide({ var: 'email.text' }, scopeOf({ text: 'a'.repeat(100_000) }));

    expect(trace.value).toBe('a'.repeat(500));
  });
});

describe('any rule', () => {
  const names = Object.keys(operators).filter((name) => name !== 'within-schedule');
  const leaf = fc.oneof(
    fc.constantFrom<Logic>(null, true, false, '', 'a', 'email', 0, 1, -3.5),
    fc.constantFrom<Logic>({ var: 'email.subject' }, { var: 'email.to' }, { var: '' }, { var: 'email.headers' }),
    fc.string({ maxLength: 5 }),
  );
  const { rule: anyRule } = fc.letrec<{ rule: Logic }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie('rule'), { maxLength: 3 }),
      fc
        .tuple(fc.constantFrom(...names, 'nonsense', '__proto__'), fc.array(tie('rule'), { maxLength: 3 }))
        .map(([name, operands]): Logic => Object.fromEntries([[name, operands]])),
    ),
  }));

  it('gives a value or one of our errors, and its trace agrees with its value', () => {
    const expressions = createExpressions();
    const scope = scopeOf();

    fc.assert(
      fc.property(anyRule, (rule) => {
        const evaluated = outcomeOf(() => expressions.evaluate(rule, scope));
        const decided = outcomeOf(() => expressions.decide(rule, scope));
        if ('error' in evaluated || 'error' in decided) {
          expect(decided).toEqual(evaluated);
          return;
        }
        expect(decided.value.holds).toBe(Boolean(jsonLogic.truthy(evaluated.value)));
        for (const part of allParts(decided.value.trace)) expectSameValue(expressions, part, scope);
      }),
      { numRuns: 2_000 },
    );
  });

  it("means what json-logic-js means, where it is JsonLogic's own and reads no prototype", () => {
    const expressions = createExpressions();
    const scope = scopeOf();
    // Rules that the checks let pass: of those with too few operands the library makes something, Sluice refuses them earlier.
    const isStandard = (rule: Logic): boolean => {
      const { problems, uses } = inspectLogic(rule);
      return (
        problems.length === 0 &&
        uses.every(({ operator, operands }) => {
          const isOwn = 'own' in operators[operator];
          return !isOwn && !operator.startsWith('missing') && (operator !== 'var' || typeof operands[0] === 'string');
        })
      );
    };

    fc.assert(
      fc.property(anyRule.filter(isStandard), (rule) => {
        const ours = outcomeOf(() => expressions.evaluate(rule, scope));
        if ('error' in ours) return;
        // The library's types list rules by operator; this one is made at random.
        const theirs: unknown = jsonLogic.apply(rule as jsonLogic.RulesLogic, scope);
        // JSON: what the library leaves undefined is null here.
        expect(JSON.stringify(ours.value ?? null)).toBe(JSON.stringify(theirs ?? null));
      }),
      { numRuns: 2_000 },
    );
  });
});

function codeOf(work: () => unknown): string {
  const outcome = outcomeOf(work);
  return 'error' in outcome ? outcome.error : `value ${JSON.stringify(outcome.value)}`;
}

/** Lets nothing pass but our own error class. */
function outcomeOf<T>(work: () => T): { value: T } | { error: string } {
  try {
    return { value: work() };
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserError);
    return { error: thrown instanceof UserError ? thrown.code : '' };
  }
}

function allParts(trace: ConditionTrace): ConditionTrace[] {
  return [trace, ...trace.parts.flatMap(allParts)];
}

/** A part by itself has the value that the trace shows; it was cut the same way. */
function expectSameValue(expressions: ReturnType<typeof createExpressions>, part: ConditionTrace, scope: Scope): void {
  if (part.error !== undefined) return;
  expect(expressions.decide(part.rule, scope).trace.value).toEqual(part.value);
}
