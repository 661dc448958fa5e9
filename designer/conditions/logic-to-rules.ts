import type { Logic } from '../../schemas/logic.ts';
import { type BuilderOperator, operatorsFor } from './builder-operators.ts';
import type { ConditionField } from './condition-fields.ts';
import { isSameLogic, readOperation, readPath } from './logic-shape.ts';
import type { HeaderValue, Rule, RuleGroup } from './rules.ts';
import { rulesToLogic } from './rules-to-logic.ts';

/**
 * JsonLogic as rules that the builder can show; null if it cannot without loss. The proof is made each time: the rules,
 * turned back, must be the same logic.
 */
export function logicToRules(logic: Logic, fields: readonly ConditionField[]): RuleGroup | null {
  const group = readGroup(logic, fields) ?? wrap(readRule(logic, fields));
  return group !== null && isSameLogic(rulesToLogic(group, fields), logic) ? group : null;
}

function wrap(rule: Rule | null): RuleGroup | null {
  return rule === null ? null : { combinator: 'and', rules: [rule] };
}

function readGroup(logic: Logic, fields: readonly ConditionField[]): RuleGroup | null {
  const operation = readOperation(logic);
  const [inner] = operation?.operands ?? [];
  if (operation?.operator === '!' && operation.operands.length === 1 && inner !== undefined) {
    const group = readGroup(inner, fields);
    return group === null || group.not ? null : { ...group, not: true };
  }
  if (operation?.operator !== 'and' && operation?.operator !== 'or') return null;
  const rules: (Rule | RuleGroup)[] = [];
  for (const operand of operation.operands) {
    const part = readRule(operand, fields) ?? readGroup(operand, fields);
    if (part === null) return null;
    rules.push(part);
  }
  return { combinator: operation.operator, rules };
}

function readRule(logic: Logic, fields: readonly ConditionField[]): Rule | null {
  const operation = readOperation(logic);
  const [inner] = operation?.operands ?? [];
  if (operation?.operator === '!' && inner !== undefined) return readPlain(inner, fields, true);
  return readPlain(logic, fields, false);
}

/** `some` over a list, a header, or a path: whatever is asked about, then the operator and its value. */
function readPlain(logic: Logic, fields: readonly ConditionField[], isNegated: boolean): Rule | null {
  const operation = readOperation(logic);
  if (operation === null) return null;
  const [first, second] = operation.operands;

  const truth = readPath(logic);
  if (truth !== null) return readRuleOn(fieldOf(fields, 'path', truth), null, undefined, isNegated);

  if (operation.operator === 'has-header' && typeof first === 'string') {
    return readRuleOn(fieldOf(fields, 'header'), 'has-header', undefined, isNegated, first);
  }
  if (operation.operator === 'some' && second !== undefined) {
    const list = readPath(first);
    const each = readOperation(second);
    const item = readPath(each?.operands[0]);
    if (list === null || each === null || item === null) return null;
    return readRuleOn(fieldOf(fields, 'items', list, item), each.operator, each.operands[1], isNegated);
  }
  const header = readOperation(first);
  const [name] = header?.operands ?? [];
  if (header?.operator === 'header' && typeof name === 'string') {
    return readRuleOn(fieldOf(fields, 'header'), operation.operator, second, isNegated, name);
  }
  const path = readPath(first);
  return path === null ? null : readRuleOn(fieldOf(fields, 'path', path), operation.operator, second, isNegated);
}

function readRuleOn(
  field: ConditionField | undefined,
  logicOperator: string | null,
  operand: Logic | undefined,
  isNegated: boolean,
  header?: string,
): Rule | null {
  if (field === undefined) return null;
  const operator = operatorsFor(field).find(
    (candidate) => candidate.logic === logicOperator && candidate.isNegated === isNegated,
  );
  if (operator === undefined || !fits(operator, operand, field)) return null;
  const value = operand ?? '';
  const named: HeaderValue | Logic = header === undefined ? value : { header, value };
  return { field: field.id, operator: operator.name, value: named };
}

function fits(operator: BuilderOperator, operand: Logic | undefined, field: ConditionField): boolean {
  const isAtom = (value: unknown) => (field.kind === 'number' ? typeof value === 'number' : typeof value === 'string');
  switch (operator.value) {
    case 'none':
      return operand === undefined;
    case 'one':
      return isAtom(operand);
    case 'list':
      return Array.isArray(operand) && operand.every(isAtom);
  }
}

function fieldOf(
  fields: readonly ConditionField[],
  type: ConditionField['from']['type'],
  path = '',
  item = '',
): ConditionField | undefined {
  return fields.find(({ from }) => {
    if (from.type !== type) return false;
    return from.type === 'header' || (from.path === path && (from.type === 'path' || from.item === item));
  });
}
