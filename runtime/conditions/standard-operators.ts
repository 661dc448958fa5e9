import jsonLogic from 'json-logic-js';
import type { Frame } from './frame.ts';
import { spendCharacters } from './frame.ts';
import { readPath } from './operands.ts';

/** An operand that is evaluated when, and as often as, the operator asks for it. */
export type Evaluate<N> = (operand: N, frame: Frame) => unknown;
/** An operator that decides itself which operands it evaluates, and over which data. */
export type LazyOperator = <N>(operands: readonly N[], frame: Frame, evaluate: Evaluate<N>) => unknown;

export const truthy = (value: unknown): boolean => Boolean(jsonLogic.truthy(value));

/**
 * Operators that take their operands as values: json-logic-js decides what they mean. It is given the operator over `var` 0, 1, ...
 * of a list of values, so that nothing is registered in the library, which is one for the whole process, and a value that
 * happens to look like a rule is never evaluated as one.
 */
export function standardOperator(name: string, count: number): (values: readonly unknown[], frame: Frame) => unknown {
  const rule = Object.fromEntries([[name, Array.from({ length: count }, (_, index) => ({ var: index }))]]);
  return (values, frame) => {
    if (name === 'cat') for (const value of values) spendCharacters(frame.budget, textCost(value));
    else if (name !== 'in')
      for (const value of values) if (Array.isArray(value)) spendCharacters(frame.budget, textCost(value));
    // The types of json-logic-js list rules by operator; the name is one of the allow-list.
    return jsonLogic.apply(rule as jsonLogic.RulesLogic, values) as unknown;
  };
}

/** Comparing and joining turn lists into text: what that costs is charged before it happens. */
function textCost(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (!Array.isArray(value) || depth > 20) return 8;
  return value.reduce<number>((sum, item) => sum + textCost(item, depth + 1), value.length);
}

/** The operators that look data up; own properties only, unlike the library's. */
export const dataOperators: Readonly<Record<string, (values: readonly unknown[], frame: Frame) => unknown>> = {
  // A value that is there and null stays null; the second operand stands in only for what is not there.
  var: ([path, otherwise], { data }) => {
    const value = readPath(data, path);
    return value === undefined ? (otherwise ?? null) : value;
  },
  missing: (values, { data }) => missingOf(keysOf(values), data),
  missing_some: ([needed, keys], { data }) => {
    const wanted = Array.isArray(keys) ? keys : [keys];
    const missing = missingOf(wanted, data);
    return wanted.length - missing.length >= Number(needed) ? [] : missing;
  },
};

function keysOf(values: readonly unknown[]): readonly unknown[] {
  const [first] = values;
  return Array.isArray(first) ? first : values;
}

function missingOf(keys: readonly unknown[], data: unknown): unknown[] {
  return keys.filter((key) => {
    const value = readPath(data, key);
    return value === undefined || value === null || value === '';
  });
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

const choose: LazyOperator = (operands, frame, evaluate) => {
  let index = 0;
  for (; index < operands.length - 1; index += 2) {
    const [condition, result] = operands.slice(index, index + 2);
    if (condition !== undefined && result !== undefined && truthy(evaluate(condition, frame)))
      return evaluate(result, frame);
  }
  const otherwise = operands[index];
  return otherwise === undefined ? null : evaluate(otherwise, frame);
};

/** Evaluates operands in turn until one is as wanted; the value of the last evaluated is the value of all. */
const until =
  (wanted: boolean): LazyOperator =>
  (operands, frame, evaluate) => {
    let value: unknown = null;
    for (const operand of operands) {
      value = evaluate(operand, frame);
      if (truthy(value) === wanted) return value;
    }
    return value;
  };

const overItems =
  (combine: (items: readonly unknown[] | null, holds: (item: unknown) => unknown) => unknown): LazyOperator =>
  (operands, frame, evaluate) => {
    const [list, each] = operands;
    const items = list === undefined ? null : listOf(evaluate(list, frame));
    return combine(items, (item) => (each === undefined ? null : evaluate(each, { ...frame, data: item })));
  };

/** The operators that JsonLogic does not evaluate operand by operand. */
export const lazyOperators: Readonly<Record<string, LazyOperator>> = {
  if: choose,
  '?:': choose,
  and: until(false),
  or: until(true),
  map: overItems((items, each) => (items ?? []).map((item) => each(item))),
  filter: overItems((items, each) => (items ?? []).filter((item) => truthy(each(item)))),
  // JsonLogic, unlike mathematics: all of none is false.
  all: overItems((items, each) => items !== null && items.length > 0 && items.every((item) => truthy(each(item)))),
  some: overItems((items, each) => items?.some((item) => truthy(each(item))) ?? false),
  none: overItems((items, each) => !items?.some((item) => truthy(each(item)))),
  reduce: (operands, frame, evaluate) => {
    const [list, each, initial] = operands;
    const start = initial === undefined ? null : evaluate(initial, frame);
    const items = list === undefined ? null : listOf(evaluate(list, frame));
    if (items === null || each === undefined) return start;
    return items.reduce(
      (accumulator: unknown, current) => evaluate(each, { ...frame, data: { current, accumulator } }),
      start,
    );
  },
};
