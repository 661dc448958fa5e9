import type { Logic } from '../../schemas/logic.ts';
import { type BuilderOperator, builderOperator } from './builder-operators.ts';
import type { ConditionField } from './condition-fields.ts';
import { headerValue, isGroup, type Rule, type RuleGroup } from './rules.ts';

/** The builder's rules as JsonLogic. A group of one is that one; an empty group is `{"and": []}`, which the checks report. */
export function rulesToLogic(group: RuleGroup, fields: readonly ConditionField[]): Logic {
  const parts = group.rules.map((rule) => (isGroup(rule) ? rulesToLogic(rule, fields) : ruleToLogic(rule, fields)));
  const [only] = parts;
  const logic: Logic = parts.length === 1 && only !== undefined ? only : { [group.combinator]: parts };
  return group.not ? { '!': [logic] } : logic;
}

function ruleToLogic(rule: Rule, fields: readonly ConditionField[]): Logic {
  const field = fields.find(({ id }) => id === rule.field);
  const operator = builderOperator(rule.operator);
  // Only what the builder offers gets here; a rule of another version of this page says so in the checks.
  if (field === undefined || operator === undefined) return { var: rule.field };
  const logic = positive(field, operator, rule.value);
  return operator.isNegated ? { '!': [logic] } : logic;
}

function positive(field: ConditionField, operator: BuilderOperator, value: unknown): Logic {
  switch (field.from.type) {
    case 'path':
      return apply(operator, { var: field.from.path }, value);
    case 'items':
      return { some: [{ var: field.from.path }, apply(operator, { var: field.from.item }, value)] };
    case 'header': {
      const named = headerValue(value);
      if (operator.logic === 'has-header') return { 'has-header': [named.header] };
      return apply(operator, { header: [named.header] }, named.value);
    }
  }
}

function apply({ logic, value: takes }: BuilderOperator, operand: Logic, value: unknown): Logic {
  if (logic === null) return operand;
  return { [logic]: takes === 'none' ? [operand] : [operand, literal(value, takes)] };
}

function literal(value: unknown, takes: 'one' | 'list'): Logic {
  if (takes === 'list') return Array.isArray(value) ? value.map(atom) : [];
  return Array.isArray(value) ? atom(value[0] ?? '') : atom(value);
}

function atom(value: unknown): Logic {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : '';
}
