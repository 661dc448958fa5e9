import type { Logic } from '../../schemas/logic.ts';
import { isOperator, operatorOf } from '../../schemas/operators.ts';
import { builderOperators, headerOperators } from './builder-operators.ts';
import { labelOfPath, negationOfPath } from './condition-fields.ts';
import { readOperation, readPath } from './logic-shape.ts';

/** A rule as a sentence: `subject contains “[URGENT]” and not (sender domain is one of 12)`. Never fails, whatever it is given. */
export function describeLogic(logic: unknown): string {
  return describe(logic, 0);
}

/** A value as it stands in a sentence: text in quotes, lists shortened, nothing longer than a glance. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '“”' : `“${shorten(value)}”`;
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list';
    if (value.length > 3) return `${value.length} values`;
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
  if (operator === 'some' && second !== undefined) return anyItem(first, second, depth);
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
    const sentence = binary(operator, operands, true, depth);
    if (sentence !== null) return sentence;
  }
  return `not ${describe(logic, depth + 1)}`;
}

/** `left operator right` in the builder's words; null where they have none. */
function binary(operator: string, operands: readonly Logic[], isNegated: boolean, depth: number): string | null {
  const [left, right] = operands;
  if (left === undefined) return null;
  const known = [...builderOperators, ...headerOperators].find(
    (candidate) => candidate.logic === operator && candidate.isNegated === isNegated,
  );
  if (known === undefined || operands.length > 2) return null;
  const label = operator === 'matches' && !isNegated ? 'matches' : known.label;
  const subject = describe(left, depth + 1);
  return right === undefined ? `${subject} ${label}` : `${subject} ${label} ${describe(right, depth + 1)}`;
}

function anyItem(list: unknown, each: Logic, depth: number): string {
  const operation = readOperation(each);
  const path = readPath(list as Logic);
  const item = readPath(operation?.operands[0]);
  if (operation === null || path === null || item === null) return call('some', [list as Logic, each], depth);
  const label = labelOfPath(`${path}[].${item}`);
  const sentence = binary(operation.operator, [{ var: label }, ...operation.operands.slice(1)], false, depth);
  return sentence ?? call('some', [list as Logic, each], depth);
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
