import { Text } from '@mantine/core';
import { toPointer } from '../../schemas/json-pointer.ts';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { RowList, rowsOf, textOf } from './RowList.tsx';
import { ValueField } from './ValueField.tsx';
import { VariableSelect } from './VariableSelect.tsx';

/** Variables with their new values, in order. */
export function AssignmentsField({ id, label, description, value, onChange, isRequired, issues, path }: FieldProps) {
  const rows = rowsOf(value).map((row) => ({ variable: textOf(row.variable), value: row.value }));
  const issuesOf = (index: number) => issues.filter((issue) => issue.path.startsWith(path + toPointer(index, 'value')));
  return (
    <RowList
      {...{ id, label, description, isRequired, rows }}
      error={errorOf(issues)}
      noun="assignment"
      newRow={() => ({ variable: '', value: '' })}
      onChange={onChange}
    >
      {(row, change, index) => (
        <>
          <VariableSelect
            value={row.variable}
            label={`Variable of assignment ${index + 1}`}
            onChange={(variable) => change({ ...row, variable })}
          />
          <Text size="xs" c="var(--sluice-muted)" mt={6}>
            =
          </Text>
          <ValueField
            id={`${id}-${index}`}
            label={`Value of assignment ${index + 1}`}
            value={row.value}
            onChange={(next) => change({ ...row, value: next })}
            isRequired
            schema={{}}
            path={path + toPointer(index, 'value')}
            issues={issuesOf(index)}
          />
        </>
      )}
    </RowList>
  );
}
