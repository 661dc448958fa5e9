import { TextInput } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { RowList, rowsOf, textOf } from './RowList.tsx';

export function HeadersField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const rows = rowsOf(value).map((row) => ({ name: textOf(row.name), value: textOf(row.value) }));
  return (
    <RowList
      {...{ id, label, description, isRequired, rows }}
      error={errorOf(issues)}
      noun="header"
      newRow={() => ({ name: '', value: '' })}
      onChange={(next) => onChange(next.length === 0 && !isRequired ? undefined : next)}
    >
      {(row, change, index) => (
        <>
          <TextInput
            size="xs"
            style={{ flex: '0 1 130px' }}
            value={row.name}
            placeholder="Name"
            aria-label={`Name of header ${index + 1}`}
            onChange={({ currentTarget }) => change({ ...row, name: currentTarget.value })}
          />
          <TextInput
            size="xs"
            flex={1}
            value={row.value}
            placeholder="Value, may hold {{ … }}"
            aria-label={`Value of header ${index + 1}`}
            onChange={({ currentTarget }) => change({ ...row, value: currentTarget.value })}
          />
        </>
      )}
    </RowList>
  );
}
