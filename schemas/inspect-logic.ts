import { toPointer } from './json-pointer.ts';
import { didYouMean } from './nearest-name.ts';
import type { OperatorName } from './operators.ts';
import { isOperator, isTimeUnit, operatorOf, operators, ruleLimits, timeUnits } from './operators.ts';

/** Something that keeps a rule from being evaluated. `pointer` is relative to the rule. */
interface LogicProblem {
  pointer: string;
  message: string;
}

/** One operator as it stands in a rule, its operands always as a list. */
interface LogicUse {
  pointer: string;
  operator: OperatorName;
  operands: readonly unknown[];
  /** True inside the per-item operand of `map`, `some` and their like, where `var` reads the item and not the scope. */
  perItem: boolean;
}

export interface LogicReport {
  problems: LogicProblem[];
  uses: LogicUse[];
}

/** Walks a rule once and reports its operators and everything that makes it impossible to evaluate. */
export function inspectLogic(rule: unknown): LogicReport {
  const report: LogicReport = { problems: [], uses: [] };
  const counter = { parts: 0 };
  walk(rule, [], false, report, counter);
  return report;
}

type Segments = readonly (string | number)[];

function walk(rule: unknown, at: Segments, perItem: boolean, report: LogicReport, counter: { parts: number }): void {
  counter.parts += 1;
  if (counter.parts > ruleLimits.parts) {
    if (counter.parts === ruleLimits.parts + 1) {
      report.problems.push({ pointer: '', message: `The rule has more than ${ruleLimits.parts} parts; divide it.` });
    }
    return;
  }
  if (at.length > ruleLimits.depth * 2) {
    report.problems.push({
      pointer: toPointer(...at),
      message: `The rule is nested deeper than ${ruleLimits.depth} levels; divide it.`,
    });
    return;
  }
  if (Array.isArray(rule)) {
    for (const [index, item] of rule.entries()) walk(item, [...at, index], perItem, report, counter);
    return;
  }
  if (typeof rule !== 'object' || rule === null) return;

  const keys = Object.keys(rule);
  const name = keys[0];
  if (name === undefined || keys.length > 1) {
    const found = name === undefined ? 'none' : keys.map((key) => `"${key}"`).join(', ');
    report.problems.push({
      pointer: toPointer(...at),
      message: `A rule is an object with exactly one operator, but here there is ${found}.`,
    });
    return;
  }
  if (!isOperator(name)) {
    report.problems.push({
      pointer: toPointer(...at, name),
      message: `There is no operator "${name}"${didYouMean(name, Object.keys(operators)) || '.'}`,
    });
    return;
  }

  const given: unknown = Reflect.get(rule, name);
  const operands: readonly unknown[] = Array.isArray(given) ? given : [given];
  const { operands: count, perItem: opensItems } = operatorOf(name);
  if (operands.length < count[0] || operands.length > count[1]) {
    report.problems.push({ pointer: toPointer(...at, name), message: countMessage(name, count, operands.length) });
  }
  const misfit = misfitOf(name, operands);
  if (misfit !== null) report.problems.push({ pointer: toPointer(...at, name), message: misfit });
  report.uses.push({ pointer: toPointer(...at, name), operator: name, operands, perItem });
  for (const [index, operand] of operands.entries()) {
    const below: Segments = Array.isArray(given) ? [...at, name, index] : [...at, name];
    walk(operand, below, perItem || (opensItems === true && index === 1), report, counter);
  }
}

/** What stands in the rule itself and no run could use; a computed operand is judged when it is known. */
function misfitOf(name: OperatorName, [first, second]: readonly unknown[]): string | null {
  const isComputed = (operand: unknown): boolean => typeof operand === 'object' && operand !== null;
  if ((name === 'list' || name === 'within-schedule') && typeof first !== 'string' && !isComputed(first)) {
    return `The operator "${name}" takes an id, such as {"${name}": ["vip"]}.`;
  }
  if (name !== 'from-now') return null;
  if (typeof first !== 'number' && !isComputed(first)) return fromNowMessage;
  return isTimeUnit(second) || isComputed(second) ? null : fromNowMessage;
}

export const fromNowMessage = `The operator "from-now" takes a number and one of ${Object.keys(timeUnits).join(', ')}, such as {"from-now": [-3, "days"]}.`;

/** One sentence saying how many operands an operator takes and how many it was given. */
export function countMessage(name: string, [fewest, most]: readonly [number, number], found: number): string {
  let wanted = `${fewest} to ${most} operands`;
  if (most === Number.POSITIVE_INFINITY) wanted = `at least ${fewest} ${fewest === 1 ? 'operand' : 'operands'}`;
  else if (fewest === most) wanted = `${fewest} ${fewest === 1 ? 'operand' : 'operands'}`;
  return `The operator "${name}" takes ${wanted}, but was given ${found}.`;
}
