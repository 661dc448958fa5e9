import { Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { Logic } from '../../../schemas/logic.ts';
import type { ConditionField } from '../../../schemas/wording/condition-fields.ts';
import { operatorsFor } from '../../../schemas/wording/condition-operators.ts';
import { isList } from '../../../schemas/wording/logic-shape.ts';
import { type Comparison, otherField, type Quantifier, sourceOf, startOf, writeComparison } from '../comparison.ts';
import classes from './Builder.module.css';
import { useBuilder } from './BuilderContext.ts';
import { OperandEditor } from './OperandEditor.tsx';

interface ComparisonRowProps {
  comparison: Comparison;
  onChange: (logic: Logic) => void;
}

const quantifiers: { value: Quantifier; label: string }[] = [
  { value: 'some', label: 'at least one' },
  { value: 'all', label: 'every one' },
  { value: 'none', label: 'not one' },
];

/** What to look at, how to compare, with what. */
export function ComparisonRow({ comparison, onChange }: ComparisonRowProps) {
  const { fields, isReadOnly } = useBuilder();
  const { field, header, quantifier, operator, operands } = comparison;
  const write = (change: Partial<Comparison>) => onChange(writeComparison({ ...comparison, ...change }));
  const fieldOptions = useMemo(
    () =>
      [...Map.groupBy(fields, ({ group }) => group)].map(([group, members]) => ({
        group,
        items: members.map(({ id, label }) => ({ value: id, label })),
      })),
    [fields],
  );
  const operators = operatorsFor(field);

  const changeField = (id: string | null) => {
    const next = fields.find((each) => each.id === id);
    if (next !== undefined && next.id !== field.id) onChange(writeComparison(onField(comparison, next, fields)));
  };
  const changeOperator = (name: string | null) => {
    const next = operators.find((each) => each.name === name);
    if (next === undefined || next.name === operator.name) return;
    write({ operator: next, operands: fitOperands(comparison, { field, operator: next }, fields) });
  };
  return (
    <div className={classes.line}>
      <Select
        size="xs"
        aria-label="What to look at"
        data={fieldOptions}
        value={field.id}
        title={field.label}
        {...tight}
        searchable
        allowDeselect={false}
        readOnly={isReadOnly}
        comboboxProps={wide}
        onChange={changeField}
      />
      <Select
        size="xs"
        aria-label="How to compare"
        data={operators.map(({ name, label }) => ({ value: name, label }))}
        value={operator.name}
        title={operator.label}
        {...tight}
        allowDeselect={false}
        readOnly={isReadOnly}
        comboboxProps={wide}
        onChange={changeOperator}
      />
      {field.from.type === 'items' && (
        <Select
          size="xs"
          className={classes.whole ?? ''}
          aria-label="Of how many"
          data={quantifiers}
          value={quantifier}
          allowDeselect={false}
          readOnly={isReadOnly}
          onChange={(next) => isQuantifier(next) && write({ quantifier: next })}
        />
      )}
      {field.from.type === 'header' && (
        <TextInput
          size="xs"
          className={classes.whole ?? ''}
          aria-label="Header name"
          placeholder="x-priority"
          value={header}
          readOnly={isReadOnly}
          onChange={({ currentTarget }) => write({ header: currentTarget.value.trim().toLowerCase() })}
        />
      )}
      {Array.from({ length: operator.takes }, (_, index) => (
        <OperandEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: an operand is its place
          key={index}
          label={operator.takes === 1 ? 'Value' : index === 0 ? 'From' : 'To'}
          comparison={comparison}
          operand={operands[index] ?? ''}
          onChange={(next) => write({ operands: operands.with(index, next) })}
        />
      ))}
    </div>
  );
}

/** Names are long and an inspector is narrow. */
const tight = { rightSectionWidth: 20, styles: { input: { paddingInlineStart: 8, paddingInlineEnd: 18 } } };
const wide = { width: 'max-content', position: 'bottom-start' as const };

/** Another field keeps operator and operands where they fit it. */
function onField(former: Comparison, field: ConditionField, fields: readonly ConditionField[]): Comparison {
  const operators = operatorsFor(field);
  const operator = operators.find(({ name }) => name === former.operator.name) ?? operators[0] ?? former.operator;
  const header = field.from.type === 'header' ? former.header : '';
  return { ...former, field, operator, header, operands: fitOperands(former, { field, operator }, fields) };
}

/** Operands for another field or operator: what was there if it may stay, else what the usual source begins with. */
function fitOperands(
  former: Comparison,
  { field, operator }: Pick<Comparison, 'field' | 'operator'>,
  fields: readonly ConditionField[],
): Logic[] {
  const isSameKind = (former.field.kind === 'number') === (field.kind === 'number');
  return Array.from({ length: operator.takes }, (_, index) => {
    const operand = former.operands[index] ?? former.operands[0];
    const source = operand === undefined ? null : sourceOf(operand, former);
    const start = operator.sources[0] ?? 'fixed';
    if (operand !== undefined && isSameKind) {
      const mayStay =
        source === null ? !isList(operand) && typeof operand === 'object' : operator.sources.includes(source);
      if (mayStay) return operand;
      if (source === 'fixed' && start === 'values' && operand !== '') return [operand];
      if (source === 'values' && start === 'fixed' && isList(operand) && operand[0] !== undefined) return operand[0];
    }
    return startOf(start, field.kind, otherField(field, fields));
  });
}

function isQuantifier(value: string | null): value is Quantifier {
  return quantifiers.some((each) => each.value === value);
}
