import { Text, TextInput } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { RowList, rowsOf, textOf } from './RowList.tsx';
import { VariableSelect } from './VariableSelect.tsx';

/** Which part of the answer goes into which variable. */
export function ResponseMappingField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const rows = rowsOf(value).map((row) => ({ variable: textOf(row.variable), pointer: textOf(row.pointer) }));
  return (
    <RowList
      {...{ id, label, isRequired, rows }}
      description={
        description ?? 'A pointer such as /category leads into the JSON answer; an empty one means all of it'
      }
      error={errorOf(issues)}
      noun="value"
      newRow={() => ({ variable: '', pointer: '/' })}
      onChange={(next) => onChange(next.length === 0 && !isRequired ? undefined : next)}
    >
      {(row, change, index) => (
        <>
          <VariableSelect
            value={row.variable}
            label={`Variable of value ${index + 1}`}
            onChange={(variable) => change({ ...row, variable })}
          />
          <Text size="xs" c="var(--sluice-muted)" mt={6}>
            ←
          </Text>
          <TextInput
            size="xs"
            flex={1}
            value={row.pointer}
            placeholder="/category"
            aria-label={`Pointer of value ${index + 1}`}
            onChange={({ currentTarget }) => change({ ...row, pointer: currentTarget.value })}
          />
        </>
      )}
    </RowList>
  );
}
