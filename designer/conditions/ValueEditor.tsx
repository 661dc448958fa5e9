import { NumberInput, TagsInput, TextInput } from '@mantine/core';
import type { ValueEditorProps } from 'react-querybuilder';
import { builderOperator } from './builder-operators.ts';
import { headerValue } from './rules.ts';

/** The right side of a rule: nothing, one value, or a list; and the header's name where the rule asks about a header. */
export function ValueEditor({ field, fieldData, operator, value, handleOnChange, disabled }: ValueEditorProps) {
  const takes = builderOperator(operator)?.value ?? 'none';
  const kind = typeof fieldData.kind === 'string' ? fieldData.kind : 'text';
  if (field !== 'header') {
    return <Operand {...{ takes, kind, value }} onChange={handleOnChange} isDisabled={disabled ?? false} />;
  }
  const named = headerValue(value);
  return (
    <>
      <TextInput
        size="xs"
        className="header-name"
        placeholder="x-priority"
        aria-label="Header name"
        value={named.header}
        onChange={({ currentTarget }) => handleOnChange({ ...named, header: currentTarget.value.trim().toLowerCase() })}
        disabled={disabled ?? false}
      />
      <Operand
        {...{ takes, kind }}
        value={named.value}
        onChange={(next) => handleOnChange({ ...named, value: next })}
        isDisabled={disabled ?? false}
      />
    </>
  );
}

interface OperandProps {
  takes: 'none' | 'one' | 'list';
  kind: string;
  value: unknown;
  onChange: (value: unknown) => void;
  isDisabled: boolean;
}

function Operand({ takes, kind, value, onChange, isDisabled }: OperandProps) {
  if (takes === 'none') return null;
  if (takes === 'list') {
    const list = Array.isArray(value) ? value.map(String) : value === '' ? [] : [String(value)];
    return (
      <TagsInput
        size="xs"
        className="operand"
        aria-label="Values"
        placeholder="Type or paste values, also from a spreadsheet"
        value={list}
        splitChars={listSeparators}
        acceptValueOnBlur
        maxDropdownHeight={0}
        onChange={(next) => onChange(kind === 'number' ? next.map(Number).filter(Number.isFinite) : next)}
        disabled={isDisabled}
      />
    );
  }
  const one = Array.isArray(value) ? value[0] : value;
  if (kind === 'number') {
    return (
      <NumberInput
        size="xs"
        className="operand"
        aria-label="Value"
        value={typeof one === 'number' ? one : ''}
        onChange={(next) => typeof next === 'number' && onChange(next)}
        disabled={isDisabled}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      className="operand"
      aria-label="Value"
      value={typeof one === 'string' ? one : ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      placeholder={kind === 'date' ? '2030-01-31T09:00:00Z' : ''}
      disabled={isDisabled}
    />
  );
}

/** What stands between the cells of a spreadsheet, and what people type between values. */
const listSeparators = ['\n', '\t', ';', ','];
