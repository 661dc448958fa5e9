import { UserError } from '../../schemas/errors.ts';
import { countMessage } from '../../schemas/inspect-logic.ts';
import type { Logic } from '../../schemas/logic.ts';
import { isOperator, operatorOf, ruleLimits } from '../../schemas/operators.ts';
import type { Frame } from './frame.ts';
import { spendOperation } from './frame.ts';
import type { OwnOperator } from './own-operators.ts';
import type { Evaluate } from './standard-operators.ts';
import { dataOperators, lazyOperators, standardOperator } from './standard-operators.ts';

/** A rule made ready: checked once, evaluated often. */
export type LogicNode =
  | { kind: 'literal'; rule: Logic }
  | { kind: 'list'; rule: Logic; operands: readonly LogicNode[] }
  | {
      kind: 'operation';
      rule: Logic;
      operands: readonly LogicNode[];
      /** Position of the operand that is evaluated once per item, or -1. */
      perItem: number;
      run(frame: Frame, evaluate: Evaluate<LogicNode>): unknown;
    };

/**
 * Throws a UserError (`unknown-operator`, `wrong-operand-count`, `bad-rule`, `rule-too-deep`, `rule-too-large`) for a rule that
 * cannot be evaluated: it would otherwise read as true or false.
 */
export function compileLogic(rule: Logic, own: Readonly<Record<string, OwnOperator>>): LogicNode {
  return compile(rule, 0, { parts: 0 }, own);
}

/** The value of a node. `evaluate` stands in for it where somebody wants to watch the operands. */
export function evaluateNode(node: LogicNode, frame: Frame, evaluate: Evaluate<LogicNode> = evaluateNode): unknown {
  if (node.kind === 'literal') return node.rule;
  spendOperation(frame.budget);
  if (node.kind === 'list') return node.operands.map((item) => evaluate(item, frame));
  return node.run(frame, evaluate);
}

function compile(
  rule: Logic,
  depth: number,
  counter: { parts: number },
  own: Readonly<Record<string, OwnOperator>>,
): LogicNode {
  counter.parts += 1;
  if (counter.parts > ruleLimits.parts) {
    throw new UserError('rule-too-large', `The rule has more than ${ruleLimits.parts} parts; divide it.`);
  }
  if (depth > ruleLimits.depth) {
    throw new UserError('rule-too-deep', `The rule is nested deeper than ${ruleLimits.depth} levels; divide it.`);
  }
  if (typeof rule !== 'object' || rule === null) return { kind: 'literal', rule };
  const below = (part: Logic): LogicNode => compile(part, depth + 1, counter, own);
  if (isList(rule)) {
    const operands = rule.map(below);
    return operands.every(({ kind }) => kind === 'literal')
      ? { kind: 'literal', rule }
      : { kind: 'list', rule, operands };
  }

  const [entry, second] = Object.entries(rule);
  if (entry === undefined || second !== undefined) {
    throw new UserError('bad-rule', 'A rule is an object with exactly one operator.');
  }
  const [name, given] = entry;
  if (!isOperator(name)) throw new UserError('unknown-operator', `There is no operator "${name}".`);

  const operands = isList(given) ? given.map(below) : [below(given)];
  const operator = operatorOf(name);
  return {
    kind: 'operation',
    rule,
    operands,
    perItem: operator.perItem === true ? 1 : -1,
    run: runOf(name, operator.operands, operands, own),
  };
}

function runOf(
  name: string,
  count: readonly [number, number],
  operands: readonly LogicNode[],
  own: Readonly<Record<string, OwnOperator>>,
): (frame: Frame, evaluate: Evaluate<LogicNode>) => unknown {
  const lazy = lazyOperators[name];
  if (lazy !== undefined) return (frame, evaluate) => lazy(operands, frame, evaluate);

  const ours = own[name];
  if (ours !== undefined && (operands.length < count[0] || operands.length > count[1])) {
    throw new UserError('wrong-operand-count', countMessage(name, count, operands.length));
  }
  const strict = ours ?? dataOperators[name] ?? standardOperator(name, operands.length);
  return (frame, evaluate) =>
    strict(
      operands.map((operand) => evaluate(operand, frame)),
      frame,
    );
}

/** Array.isArray does not narrow a readonly list. */
function isList(rule: Logic): rule is readonly Logic[] {
  return Array.isArray(rule);
}
