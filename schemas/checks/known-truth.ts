import type { Logic } from '../logic.ts';
import { ruleLimits } from '../operators.ts';

/** Values that paths of the scope are known to have. */
export type Facts = ReadonlyMap<string, boolean>;

/** Whether a rule holds, as far as the facts decide it; undefined where it depends on anything else. */
export function knownTruth(rule: Logic | undefined, facts: Facts, depth = 0): boolean | undefined {
  if (rule === undefined || depth > ruleLimits.depth) return undefined;
  if (typeof rule !== 'object' || rule === null) return Boolean(rule);
  if (isList(rule)) return rule.length > 0;
  const [entry] = Object.entries(rule);
  if (entry === undefined) return undefined;
  const [operator, given] = entry;
  const operands = isList(given) ? given : [given];
  const truths = (): (boolean | undefined)[] => operands.map((operand) => knownTruth(operand, facts, depth + 1));
  switch (operator) {
    case 'var':
      return typeof operands[0] === 'string' ? facts.get(operands[0]) : undefined;
    case '!':
      return negated(knownTruth(operands[0], facts, depth + 1));
    case '!!':
      return knownTruth(operands[0], facts, depth + 1);
    case 'and':
      return allOf(truths());
    case 'or':
      return negated(allOf(truths().map(negated)));
    case 'if':
    case '?:':
      return chosen(operands, facts, depth + 1);
    case '==':
    case '===':
    case 'equals':
      return sameTruth(operands, facts, depth + 1);
    case '!=':
    case '!==':
      return negated(sameTruth(operands, facts, depth + 1));
    default:
      return undefined;
  }
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function allOf(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function chosen(operands: readonly Logic[], facts: Facts, depth: number): boolean | undefined {
  const [condition, result, ...others] = operands;
  if (result === undefined) return knownTruth(condition, facts, depth);
  const truth = knownTruth(condition, facts, depth);
  if (truth === true) return knownTruth(result, facts, depth);
  const otherwise = others.length === 0 ? false : chosen(others, facts, depth + 1);
  if (truth === false) return otherwise;
  const then = knownTruth(result, facts, depth);
  return then === otherwise ? then : undefined;
}

/** Two operands that are both truths, not merely truthy: `"x" == true` is nobody's way to ask. */
function sameTruth(operands: readonly Logic[], facts: Facts, depth: number): boolean | undefined {
  const [left, right] = operands.map((operand) => (isTruth(operand) ? knownTruth(operand, facts, depth) : undefined));
  return left === undefined || right === undefined ? undefined : left === right;
}

function isTruth(rule: Logic): boolean {
  if (typeof rule === 'boolean') return true;
  return (
    typeof rule === 'object' &&
    rule !== null &&
    !isList(rule) &&
    ['var', '!', '!!'].includes(Object.keys(rule)[0] ?? '')
  );
}

/** Array.isArray does not narrow a readonly list. */
function isList(rule: Logic): rule is readonly Logic[] {
  return Array.isArray(rule);
}
