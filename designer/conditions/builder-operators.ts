import type { OperatorName } from '../../schemas/operators.ts';
import type { ValueKind } from './condition-fields.ts';

/** An operator as the builder offers it: one of ours or JsonLogic's, perhaps negated, in words. */
export interface BuilderOperator {
  name: string;
  label: string;
  /** Null: the field's own truth. */
  logic: OperatorName | null;
  isNegated: boolean;
  value: 'none' | 'one' | 'list';
  kinds: readonly ValueKind[];
}

export const builderOperators: readonly BuilderOperator[] = [
  ...pair('contains', 'contains', 'does not contain', 'one', ['text']),
  ...pair('equals', 'is', 'is not', 'one', ['text']),
  ...pair('starts-with', 'starts with', 'does not start with', 'one', ['text']),
  ...pair('ends-with', 'ends with', 'does not end with', 'one', ['text']),
  ...pair('in-list', 'is one of', 'is none of', 'list', ['text', 'number']),
  ...pair('matches', 'matches (regular expression)', 'does not match', 'one', ['text']),
  one('==', '=', ['number']),
  one('!=', '≠', ['number']),
  one('>', '>', ['number']),
  one('>=', '≥', ['number']),
  one('<', '<', ['number']),
  one('<=', '≤', ['number']),
  { ...one('>', 'is after', ['date']), name: 'after' },
  { ...one('<', 'is before', ['date']), name: 'before' },
  { name: 'is-true', label: 'yes', logic: null, isNegated: false, value: 'none', kinds: ['boolean'] },
  { name: 'is-false', label: 'no', logic: null, isNegated: true, value: 'none', kinds: ['boolean'] },
  ...pair('is-set', 'is set', 'is empty', 'none', ['text', 'number', 'boolean', 'date', 'list', 'other']),
];

/** The two that ask whether a header is there at all; only the field `header` has them. */
export const headerOperators: readonly BuilderOperator[] = pair('has-header', 'is there', 'is not there', 'none', []);

export function operatorsFor(field: { kind: ValueKind; id: string }): readonly BuilderOperator[] {
  const ofKind = builderOperators.filter((operator) => operator.kinds.includes(field.kind));
  if (field.id !== 'header') return ofKind;
  return [...headerOperators, ...ofKind.filter((operator) => operator.logic !== 'is-set')];
}

export function builderOperator(name: string): BuilderOperator | undefined {
  return [...headerOperators, ...builderOperators].find((operator) => operator.name === name);
}

function pair(
  logic: OperatorName,
  label: string,
  negatedLabel: string,
  value: BuilderOperator['value'],
  kinds: readonly ValueKind[],
): BuilderOperator[] {
  return [
    { name: logic, label, logic, isNegated: false, value, kinds },
    { name: `not-${logic}`, label: negatedLabel, logic, isNegated: true, value, kinds },
  ];
}

function one(logic: OperatorName, label: string, kinds: readonly ValueKind[]): BuilderOperator {
  return { name: logic, label, logic, isNegated: false, value: 'one', kinds };
}
