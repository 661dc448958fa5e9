import { boundedCopy } from '../../schemas/bounded-copy.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { ConditionTrace } from '../../schemas/run.ts';
import type { LogicNode } from './compile-logic.ts';
import { evaluateNode } from './compile-logic.ts';
import type { Frame } from './frame.ts';

/**
 * Evaluates a node and keeps what every part of it came to. Parts are the operands that are operations, in order; literals
 * stand in the rule itself, and what an operator does per item of a list has no one value. Operands that the answer did not
 * need are evaluated all the same, marked as not decided; their failures are recorded and hurt nobody.
 */
export function traceNode(node: LogicNode, frame: Frame): { value: unknown; trace: ConditionTrace } {
  const seen = new Map<LogicNode, ConditionTrace>();
  const value = evaluateNode(node, frame, (operand, operandFrame) => {
    if (operandFrame !== frame || operand.kind === 'literal') return evaluateNode(operand, operandFrame);
    const traced = traceNode(operand, operandFrame);
    seen.set(operand, traced.trace);
    return traced.value;
  });
  return {
    value,
    trace: { rule: node.rule, value: boundedCopy(value), decided: true, parts: partsOf(node, frame, seen) },
  };
}

function partsOf(node: LogicNode, frame: Frame, seen: ReadonlyMap<LogicNode, ConditionTrace>): ConditionTrace[] {
  if (node.kind === 'literal' || node.operands.length === 0) return [];
  const parts: ConditionTrace[] = [];
  for (const [index, operand] of node.operands.entries()) {
    if (operand.kind === 'literal' || (node.kind === 'operation' && node.perItem === index)) continue;
    const trace = seen.get(operand) ?? traceSkipped(operand, { ...frame, budget: frame.spare });
    // A list is no step of the reasoning: its operations are.
    if (operand.kind === 'list') parts.push(...trace.parts);
    else parts.push(trace);
  }
  return parts;
}

function traceSkipped(node: LogicNode, frame: Frame): ConditionTrace {
  try {
    return undecided(traceNode(node, frame).trace);
  } catch (thrown) {
    return { rule: node.rule, error: coerceError(thrown).message, decided: false, parts: [] };
  }
}

function undecided(trace: ConditionTrace): ConditionTrace {
  return { ...trace, decided: false, parts: trace.parts.map(undecided) };
}
