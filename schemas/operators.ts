/**
 * The operators that a condition or value may use: an allow-list, read by the interpreter, the checks and the condition builder.
 * JsonLogic's `log` is left out (it writes strangers' text to the server's console) and so is anything that calls a method.
 */
export interface Operator {
  title: string;
  /** Fewest and most operands. JsonLogic's own operators are lenient when run; the checks and our operators are not. */
  operands: readonly [fewest: number, most: number];
  group: 'logic' | 'comparison' | 'text' | 'number' | 'list' | 'data';
  /** True for the operators that are ours and not JsonLogic's. */
  own?: true;
  /** True where the second operand is evaluated once per item, with the item as its data. */
  perItem?: true;
}

const many = Number.POSITIVE_INFINITY;

export const operators = {
  contains: { title: 'contains', operands: [2, 2], group: 'text', own: true },
  'starts-with': { title: 'starts with', operands: [2, 2], group: 'text', own: true },
  'ends-with': { title: 'ends with', operands: [2, 2], group: 'text', own: true },
  equals: { title: 'equals', operands: [2, 2], group: 'text', own: true },
  matches: { title: 'matches the regular expression', operands: [2, 2], group: 'text', own: true },
  'in-list': { title: 'is in the list', operands: [2, 2], group: 'list', own: true },
  'is-set': { title: 'is set', operands: [1, 1], group: 'data', own: true },
  'has-header': { title: 'has the header', operands: [1, 1], group: 'data', own: true },
  header: { title: 'header', operands: [1, 1], group: 'data', own: true },
  list: { title: 'list', operands: [1, 1], group: 'data', own: true },
  'from-now': { title: 'from now', operands: [2, 2], group: 'data', own: true },
  'within-schedule': { title: 'is within the schedule', operands: [1, 1], group: 'data', own: true },

  var: { title: 'value of', operands: [0, 2], group: 'data' },
  missing: { title: 'missing', operands: [0, many], group: 'data' },
  missing_some: { title: 'missing some', operands: [2, 2], group: 'data' },

  if: { title: 'if', operands: [1, many], group: 'logic' },
  '?:': { title: 'if', operands: [3, 3], group: 'logic' },
  and: { title: 'and', operands: [1, many], group: 'logic' },
  or: { title: 'or', operands: [1, many], group: 'logic' },
  '!': { title: 'not', operands: [1, 1], group: 'logic' },
  '!!': { title: 'is true', operands: [1, 1], group: 'logic' },

  '==': { title: '=', operands: [2, 2], group: 'comparison' },
  '===': { title: 'is exactly', operands: [2, 2], group: 'comparison' },
  '!=': { title: '≠', operands: [2, 2], group: 'comparison' },
  '!==': { title: 'is not exactly', operands: [2, 2], group: 'comparison' },
  '>': { title: '>', operands: [2, 2], group: 'comparison' },
  '>=': { title: '≥', operands: [2, 2], group: 'comparison' },
  '<': { title: '<', operands: [2, 3], group: 'comparison' },
  '<=': { title: '≤', operands: [2, 3], group: 'comparison' },

  in: { title: 'is in', operands: [2, 2], group: 'list' },
  merge: { title: 'merge', operands: [0, many], group: 'list' },
  map: { title: 'each as', operands: [2, 2], group: 'list', perItem: true },
  filter: { title: 'those where', operands: [2, 2], group: 'list', perItem: true },
  reduce: { title: 'reduce', operands: [2, 3], group: 'list', perItem: true },
  all: { title: 'all are', operands: [2, 2], group: 'list', perItem: true },
  some: { title: 'some are', operands: [2, 2], group: 'list', perItem: true },
  none: { title: 'none are', operands: [2, 2], group: 'list', perItem: true },

  cat: { title: 'joined text', operands: [0, many], group: 'text' },
  substr: { title: 'part of text', operands: [2, 3], group: 'text' },

  '+': { title: '+', operands: [1, many], group: 'number' },
  '-': { title: '−', operands: [1, 2], group: 'number' },
  '*': { title: '×', operands: [1, many], group: 'number' },
  '/': { title: '÷', operands: [2, 2], group: 'number' },
  '%': { title: 'remainder', operands: [2, 2], group: 'number' },
  min: { title: 'least', operands: [1, many], group: 'number' },
  max: { title: 'greatest', operands: [1, many], group: 'number' },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

/** Own keys only: `constructor` and `__proto__` are no operators. */
export function isOperator(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}

export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}

/**
 * How large one rule may be. Recursion of interpreter and checks is bounded by the depth, and 64 is far beyond what
 * a person can read; a rule of 10,000 parts is a list that belongs in a variable.
 */
export const ruleLimits = { depth: 64, parts: 10_000 } as const;

/** Units of `{"from-now": [-3, "days"]}` in milliseconds; days and weeks are spans of 24 hours, whatever the clocks do. */
export const timeUnits = { minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 } as const;
export type TimeUnit = keyof typeof timeUnits;

export function isTimeUnit(unit: unknown): unit is TimeUnit {
  return typeof unit === 'string' && Object.hasOwn(timeUnits, unit);
}

/** Longest regular expression; compiled size is bounded by RE2's own limit on repeats. */
export const maxPatternLength = 1_000;
