import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Variable } from '../../../schemas/variable.ts';
import { JsonText } from '../../fields/JsonText.tsx';

interface InitialValueProps {
  variable: Variable;
  /** Undefined for what its type begins with. */
  onChange: (initial: unknown) => void;
  label: string;
  error: ReactNode;
}

/** What a variable holds when a run begins, by its type. */
export function InitialValue({ variable: { type, initial }, onChange, label, error }: InitialValueProps) {
  const common = { size: 'xs', flex: 1, 'aria-label': label, error } as const;
  const text = typeof initial === 'string' ? initial : '';
  switch (type) {
    case 'string':
      return (
        <TextInput
          {...common}
          placeholder="starts empty"
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          placeholder="starts at 0"
          value={typeof initial === 'number' ? initial : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'boolean':
      return (
        <Select
          {...common}
          data={['yes', 'no']}
          value={initial === true ? 'yes' : initial === false ? 'no' : null}
          placeholder="starts with no"
          clearable
          onChange={(next) => onChange(next === null ? undefined : next === 'yes')}
        />
      );
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={text.slice(0, 10)}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
      );
    case 'list':
    case 'json':
      return type === 'list' && isTexts(initial ?? []) ? (
        <TagsInput
          {...common}
          placeholder={isEmpty(initial) ? 'starts empty' : ''}
          value={isTexts(initial) ? initial : []}
          splitChars={[',', ';', '\n', '\t']}
          acceptValueOnBlur
          maxDropdownHeight={0}
          onChange={(next) => onChange(next.length === 0 ? undefined : next)}
        />
      ) : (
        <div style={{ flex: 1, minWidth: 0 }}>
          <JsonText
            label={label}
            isLabelHidden
            rows={1}
            value={initial}
            onChange={onChange}
            whenEmpty={{ value: undefined }}
            error={error}
          />
        </div>
      );
  }
}

/** A list of other things than texts is edited as the JSON that it is. */
function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isEmpty(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}
