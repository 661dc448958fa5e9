import type { OperatorName } from '../operators.ts';
import type { ConditionField, ValueKind } from './condition-fields.ts';

/** Where a comparison takes its right side from. */
export type Source = 'fixed' | 'values' | 'list' | 'field' | 'span' | 'schedule';

/** An operator as the builder offers it: one of ours or JsonLogic's, perhaps negated, in words. */
export interface ComparisonOperator {
  name: string;
  label: string;
  /** Null: the field's own truth. */
  logic: OperatorName | null;
  isNegated: boolean;
  /** How many operands stand right of the field; of two the first is the lower bound. */
  takes: 0 | 1 | 2;
  /** What each may be, the usual one first. */
  sources: readonly Source[];
  kinds: readonly ValueKind[];
}

const texts: readonly ValueKind[] = ['text', 'list', 'other'];
const several: readonly Source[] = ['fixed', 'values', 'list', 'field'];
const plain: readonly Source[] = ['fixed', 'field'];

const operators: readonly ComparisonOperator[] = [
  ...pair('contains', 'contains', 'does not contain', several, texts),
  ...pair('equals', 'is', 'is not', plain, texts),
  ...pair('starts-with', 'starts with', 'does not start with', several, texts),
  ...pair('ends-with', 'ends with', 'does not end with', several, texts),
  ...pair('in-list', 'is one of', 'is none of', ['values', 'list', 'field'], ['text', 'number', 'list', 'other']),
  ...pair('matches', 'matches (regular expression)', 'does not match', ['fixed'], texts),
  one('==', '=', plain, ['number']),
  one('!=', '≠', plain, ['number']),
  one('>', '>', plain, ['number']),
  one('>=', '≥', plain, ['number']),
  one('<', '<', plain, ['number']),
  one('<=', '≤', plain, ['number']),
  { ...one('<=', 'is between', plain, ['number']), name: 'between', takes: 2 },
  { ...one('>', 'is after', ['fixed', 'span', 'field'], ['date']), name: 'after' },
  { ...one('<', 'is before', ['fixed', 'span', 'field'], ['date']), name: 'before' },
  { ...one('>=', 'is not before', ['fixed', 'span', 'field'], ['date']), name: 'not-before' },
  { ...one('<=', 'is not after', ['fixed', 'span', 'field'], ['date']), name: 'not-after' },
  { name: 'is-true', label: 'yes', logic: null, isNegated: false, takes: 0, sources: [], kinds: ['boolean'] },
  { name: 'is-false', label: 'no', logic: null, isNegated: true, takes: 0, sources: [], kinds: ['boolean'] },
  { ...one('==', 'is exactly', plain, ['text', 'other']), name: 'exactly' },
  { ...one('!=', 'is not exactly', plain, ['text', 'other']), name: 'not-exactly' },
  ...pair('is-set', 'is set', 'is empty', [], ['text', 'number', 'boolean', 'date', 'list', 'other']),
];

/** The two that ask whether a header is there at all; only the field `header` has them. */
const headerOperators = pair('has-header', 'is there', 'is not there', [], []);
/** The two that ask a schedule; only the time of the run has them. */
const scheduleOperators = pair(
  'within-schedule',
  'is within the schedule',
  'is outside the schedule',
  ['schedule'],
  [],
);

export function operatorsFor(field: Pick<ConditionField, 'id' | 'kind'>): readonly ComparisonOperator[] {
  const ofKind = operators.filter(({ kinds }) => kinds.includes(field.kind));
  if (field.id === 'header') return [...headerOperators, ...ofKind.filter(({ logic }) => logic !== 'is-set')];
  if (field.id === 'system.now') return [...scheduleOperators, ...ofKind.filter(({ logic }) => logic !== 'is-set')];
  return ofKind;
}

/** The operator of that logic in words, for a sentence; undefined where the builder has none. Times are told apart from numbers. */
export function operatorOfLogic(logic: string, isNegated: boolean, isTime: boolean): ComparisonOperator | undefined {
  return [...headerOperators, ...scheduleOperators, ...operators].find(
    (operator) =>
      operator.logic === logic &&
      operator.isNegated === isNegated &&
      operator.takes < 2 &&
      (!isTime || operator.kinds.includes('date') || operator.takes === 0),
  );
}

function pair(
  logic: OperatorName,
  label: string,
  negatedLabel: string,
  sources: readonly Source[],
  kinds: readonly ValueKind[],
): ComparisonOperator[] {
  const takes = sources.length === 0 ? 0 : 1;
  return [
    { name: logic, label, logic, isNegated: false, takes, sources, kinds },
    { name: `not-${logic}`, label: negatedLabel, logic, isNegated: true, takes, sources, kinds },
  ];
}

function one(
  logic: OperatorName,
  label: string,
  sources: readonly Source[],
  kinds: readonly ValueKind[],
): ComparisonOperator {
  return { name: logic, label, logic, isNegated: false, takes: 1, sources, kinds };
}
