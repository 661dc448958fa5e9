import type { Logic } from '../../schemas/logic.ts';
import { isTimeUnit } from '../../schemas/operators.ts';
import type { ConditionField, ValueKind } from '../../schemas/wording/condition-fields.ts';
import { type ComparisonOperator, operatorsFor, type Source } from '../../schemas/wording/condition-operators.ts';
import { isList, readOperation, readPath } from '../../schemas/wording/logic-shape.ts';

/** Of how many items of a list the comparison must hold. */
export type Quantifier = 'some' | 'all' | 'none';

/** One line of the builder: a field, an operator, what it is compared with. */
export interface Comparison {
  field: ConditionField;
  /** The name of the header, where the field is one. */
  header: string;
  /** Meant only where the field is an item of a list. */
  quantifier: Quantifier;
  operator: ComparisonOperator;
  /** As many as the operator takes. */
  operands: readonly Logic[];
}

/** JsonLogic as a comparison; null for what the builder has no line for. Operands may be anything: what is not known is shown in words. */
export function readComparison(logic: Logic, fields: readonly ConditionField[]): Comparison | null {
  const operation = readOperation(logic);
  const [inner] = operation?.operands ?? [];
  if (operation?.operator === '!' && operation.operands.length === 1 && inner !== undefined) {
    const positive = readPositive(inner, fields, true);
    if (positive !== null) return positive;
    const quantified = readQuantified(inner, fields);
    return quantified?.quantifier === 'some' ? { ...quantified, quantifier: 'none' } : null;
  }
  return readPositive(logic, fields, false) ?? readQuantified(logic, fields);
}

function readQuantified(logic: Logic, fields: readonly ConditionField[]): Comparison | null {
  const operation = readOperation(logic);
  const quantifier = operation?.operator;
  if (quantifier !== 'some' && quantifier !== 'all' && quantifier !== 'none') return null;
  const [list, each] = operation?.operands ?? [];
  const path = readPath(list);
  if (path === null || each === undefined || operation?.operands.length !== 2) return null;
  const ofItems = fields.flatMap((field) =>
    field.from.type === 'items' && field.from.path === path
      ? [{ ...field, id: field.from.item, from: { type: 'path' as const, path: field.from.item } }]
      : [],
  );
  const inside = readComparison(each, ofItems);
  if (inside === null || inside.field.from.type !== 'path') return null;
  const item = inside.field.from.path;
  const field = fields.find(({ from }) => from.type === 'items' && from.path === path && from.item === item);
  return field === undefined ? null : { ...inside, field, quantifier };
}

function readPositive(logic: Logic, fields: readonly ConditionField[], isNegated: boolean): Comparison | null {
  const path = readPath(logic);
  if (path !== null) return line(fieldAt(fields, path), null, [], isNegated);
  const operation = readOperation(logic);
  if (operation === null) return null;
  const { operator, operands } = operation;
  const [first, second, third] = operands;
  if (operator === 'has-header' && typeof first === 'string' && operands.length === 1) {
    return line(headerIn(fields), 'has-header', [], isNegated, first);
  }
  if (operator === 'within-schedule' && first !== undefined && operands.length === 1) {
    return line(fieldAt(fields, 'system.now'), operator, [first], isNegated);
  }
  if (operator === '<=' && first !== undefined && third !== undefined) {
    const middle = readPath(second);
    return middle === null ? null : line(fieldAt(fields, middle), operator, [first, third], isNegated);
  }
  const header = readOperation(first);
  const [name] = header?.operands ?? [];
  if (header?.operator === 'header' && typeof name === 'string') {
    return line(headerIn(fields), operator, operands.slice(1), isNegated, name);
  }
  const left = readPath(first);
  return left === null ? null : line(fieldAt(fields, left), operator, operands.slice(1), isNegated);
}

function line(
  field: ConditionField | undefined,
  logic: string | null,
  operands: readonly Logic[],
  isNegated: boolean,
  header = '',
): Comparison | null {
  if (field === undefined) return null;
  const operator = operatorsFor(field).find(
    (each) => each.logic === logic && each.isNegated === isNegated && each.takes === operands.length,
  );
  return operator === undefined ? null : { field, header, quantifier: 'some', operator, operands };
}

function fieldAt(fields: readonly ConditionField[], path: string): ConditionField | undefined {
  return fields.find(({ from }) => from.type === 'path' && from.path === path);
}

function headerIn(fields: readonly ConditionField[]): ConditionField | undefined {
  return fields.find(({ from }) => from.type === 'header');
}

/** A comparison as JsonLogic. */
export function writeComparison({ field, header, quantifier, operator, operands }: Comparison): Logic {
  const { from } = field;
  if (from.type === 'items') {
    return { [quantifier]: [{ var: from.path }, withOperator(operator, { var: from.item }, operands)] };
  }
  if (operator.logic === 'has-header') return negated(operator, { 'has-header': [header] });
  if (operator.logic === 'within-schedule') return negated(operator, { 'within-schedule': [...operands] });
  return withOperator(operator, from.type === 'header' ? { header: [header] } : { var: from.path }, operands);
}

function withOperator(operator: ComparisonOperator, left: Logic, operands: readonly Logic[]): Logic {
  const [first = '', second = ''] = operands;
  if (operator.logic === null) return negated(operator, left);
  if (operator.takes === 2) return negated(operator, { [operator.logic]: [first, left, second] });
  return negated(operator, { [operator.logic]: [left, ...operands.slice(0, operator.takes)] });
}

function negated({ isNegated }: ComparisonOperator, logic: Logic): Logic {
  return isNegated ? { '!': [logic] } : logic;
}

/** Where an operand comes from; null for what is computed in a way that the builder has no editor for. */
export function sourceOf(operand: Logic, { operator, field }: Pick<Comparison, 'operator' | 'field'>): Source | null {
  const isPlain = (value: Logic): boolean => typeof value === (field.kind === 'number' ? 'number' : 'string');
  if (operator.sources.includes('schedule')) return typeof operand === 'string' ? 'schedule' : null;
  if (isList(operand)) return operand.every(isPlain) ? allowed('values', operator) : null;
  if (typeof operand !== 'object' || operand === null) return isPlain(operand) ? allowed('fixed', operator) : null;
  if (readPath(operand) !== null) return allowed('field', operator);
  const operation = readOperation(operand);
  const [first, second] = operation?.operands ?? [];
  if (operation?.operator === 'list' && typeof first === 'string') return allowed('list', operator);
  if (operation?.operator !== 'from-now' || typeof first !== 'number') return null;
  return isTimeUnit(second) ? allowed('span', operator) : null;
}

function allowed(source: Source, { sources }: ComparisonOperator): Source | null {
  return sources.includes(source) ? source : null;
}

/** What an operand begins with when its source is chosen; `field` stands for any other of the kind. */
export function startOf(source: Source, kind: ValueKind, field: string): Logic {
  switch (source) {
    case 'fixed':
      return kind === 'number' ? 0 : '';
    case 'values':
      return [];
    case 'list':
      return { list: [''] };
    case 'field':
      return { var: field };
    case 'span':
      return { 'from-now': [-1, 'days'] };
    case 'schedule':
      return '';
  }
}

/** A field to compare with: another of the same kind. */
export function otherField(field: ConditionField, fields: readonly ConditionField[]): string {
  const others = fields.filter(({ id, from, kind }) => from.type === 'path' && id !== field.id && kind === field.kind);
  return others[0]?.id ?? 'email.subject';
}
