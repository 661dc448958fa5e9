import { lengthOfCopy } from '../bounded-copy.ts';
import type { Logic } from '../logic.ts';
import { isOperator, operatorOf } from '../operators.ts';
import { isDatePath, labelOfPath, negationOfPath } from './condition-fields.ts';
import { operatorOfLogic } from './condition-operators.ts';
import { readOperation, readPath } from './logic-shape.ts';

/** What rules call by its id and people by its name. */
export interface LogicNames {
  list(id: string): string;
  schedule(id: string): string;
}

/**
 * A rule as a sentence: `subject contains “[URGENT]” and not (sender domain is one of 12)`. Never fails, whatever it is given; without
 * `names` lists and schedules are called by their ids.
 */
export function describeLogic(logic: unknown, names?: LogicNames): string {
  return describe(names === undefined ? logic : withNames(logic, names, 0), 0);
}

/** The rule with the names of lists and schedules in place of their ids; no deeper than it is told. */
function withNames(logic: unknown, names: LogicNames, depth: number): unknown {
  if (typeof logic !== 'object' || logic === null || depth > 2 * maxDepth) return logic;
  if (Array.isArray(logic)) return logic.map((part) => withNames(part, names, depth + 1));
  const operation = readOperation(logic);
  const [id] = operation?.operands ?? [];
  if (operation?.operator === 'list' && typeof id === 'string') return { list: [names.list(id)] };
  if (operation?.operator === 'within-schedule' && typeof id === 'string')
    return { 'within-schedule': [names.schedule(id)] };
  return Object.fromEntries(Object.entries(logic).map(([key, part]) => [key, withNames(part, names, depth + 1)]));
}

/** A value as it stands in a sentence: text in quotes, lists shortened, nothing longer than a glance. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '“”' : `“${shorten(value)}”`;
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list';
    if (value.length > 3) return `${lengthOfCopy(value)} values`;
    return value.map(describeValue).join(', ');
  }
  if (typeof value === 'object') return shorten(JSON.stringify(value));
  return String(value);
}

/** Deeper than this a sentence helps nobody. */
const maxDepth = 6;

function describe(logic: unknown, depth: number): string {
  const operation = readOperation(logic);
  if (operation === null || depth > maxDepth) return describeValue(logic);
  const { operator, operands } = operation;
  const [first, second] = operands;
  const path = readPath(logic as Logic);
  if (path !== null) return labelOfPath(path);
  const inner = (part: unknown) => describe(part, depth + 1);

  if (operator === 'and' || operator === 'or') {
    if (operands.length === 0) return 'no condition yet';
    const sentence = operands.map(inner).join(operator === 'and' ? ' and ' : ' or ');
    return depth === 0 || operands.length === 1 ? sentence : `(${sentence})`;
  }
  if (operator === '!' || operator === '!!') return operator === '!!' ? inner(first) : negation(first, depth);
  if (operator === 'header' && typeof first === 'string') return `header ${first}`;
  if (operator === 'has-header') return `header ${typeof first === 'string' ? first : inner(first)} is there`;
  if (isQuantifier(operator) && second !== undefined) return ofItems(operator, first, second, depth);
  if (operator === 'list' && typeof first === 'string') return `the list ${first || 'that is still to be chosen'}`;
  if (operator === 'from-now' && typeof first === 'number' && typeof second === 'string') return moment(first, second);
  if (operator === 'within-schedule' && typeof first === 'string') return `now is within ${first || 'a schedule'}`;
  if (operator === '<=' && operands.length === 3) {
    const [low, middle, high] = operands.map(inner);
    return `${middle} is between ${low} and ${high}`;
  }
  return binary(operator, operands, false, depth) ?? call(operator, operands, depth);
}

function negation(logic: unknown, depth: number): string {
  const path = readPath(logic as Logic);
  if (path !== null) return negationOfPath(path);
  const operation = readOperation(logic);
  if (operation !== null) {
    const { operator, operands } = operation;
    if (operator === 'has-header')
      return `header ${describe(operands[0], depth + 1).replaceAll(/[“”]/g, '')} is not there`;
    if (operator === 'within-schedule' && typeof operands[0] === 'string') return `now is outside ${operands[0]}`;
    const [list, each] = operands;
    if (operator === 'some' && each !== undefined) return ofItems('none', list, each, depth);
    const sentence = binary(operator, operands, true, depth);
    if (sentence !== null) return sentence;
  }
  return `not ${describe(logic, depth + 1)}`;
}

/** `left operator right` in the builder's words; null where they have none. */
function binary(operator: string, operands: readonly Logic[], isNegated: boolean, depth: number): string | null {
  const [left, right] = operands;
  if (left === undefined) return null;
  const known = operatorOfLogic(operator, isNegated, isTime(left, right));
  if (known === undefined || operands.length > 2) return null;
  const label = operator === 'matches' && !isNegated ? 'matches' : known.label;
  const subject = describe(left, depth + 1);
  return right === undefined ? `${subject} ${label}` : `${subject} ${label} ${describe(right, depth + 1)}`;
}

/** Compared by being earlier or later. */
function isTime(left: Logic, right: Logic | undefined): boolean {
  return readOperation(right)?.operator === 'from-now' || isDatePath(readPath(left) ?? '');
}

const quantified = { some: 'an', all: 'every', none: 'no' } as const;

function isQuantifier(operator: string): operator is keyof typeof quantified {
  return Object.hasOwn(quantified, operator);
}

/** `an attachment’s name ends with “.pdf”`, of every one or of none. */
function ofItems(quantifier: keyof typeof quantified, list: Logic | undefined, each: Logic, depth: number): string {
  const isNot = readOperation(each)?.operator === '!';
  const operation = readOperation(isNot ? readOperation(each)?.operands[0] : each);
  const path = readPath(list);
  const item = readPath(operation?.operands[0]);
  const sentence =
    operation === null || path === null || item === null
      ? null
      : binary(
          operation.operator,
          [{ var: labelOfItem(quantifier, `${path}[].${item}`) }, ...operation.operands.slice(1)],
          isNot,
          depth,
        );
  return sentence ?? call(quantifier, list === undefined ? [each] : [list, each], depth);
}

function labelOfItem(quantifier: keyof typeof quantified, id: string): string {
  const label = labelOfPath(id);
  return quantifier === 'some' ? label : label.replace(/^an? /, `${quantified[quantifier]} `);
}

function moment(amount: number, unit: string): string {
  const count = Math.abs(amount);
  const units = count === 1 ? unit.replace(/s$/, '') : unit;
  return amount > 0 ? `${count} ${units} from now` : `${count} ${units} ago`;
}

function call(operator: string, operands: readonly Logic[], depth: number): string {
  const title = isOperator(operator) ? operatorOf(operator).title : operator;
  const parts = operands.map((operand) => describe(operand, depth + 1));
  const [left, right] = parts;
  const isInfix = isOperator(operator) && parts.length === 2 && operatorOf(operator).group !== 'data';
  return isInfix ? `${left} ${title} ${right}` : `${title} (${parts.join(', ')})`;
}

function shorten(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
