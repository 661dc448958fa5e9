import { Select, Text } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { RowList } from './RowList.tsx';
import { entriesOf, useCalled } from './useCalled.ts';
import { VariableSelect } from './VariableSelect.tsx';

/** Which output goes into which variable. */
export function CallOutputsField({ id, label, value, onChange, settings, isRequired, issues }: FieldProps) {
  const called = useCalled(settings);
  const rows = entriesOf(value).map(([variable, output]) => ({ variable, output: String(output) }));
  const outputs = (called?.outputs ?? []).map(({ name }) => name);
  if (outputs.length === 0 && rows.length === 0) return null;
  return (
    <RowList
      {...{ id, label, isRequired, rows }}
      error={errorOf(issues)}
      noun="output"
      newRow={() => ({ variable: '', output: outputs[0] ?? '' })}
      onChange={(next) =>
        onChange(
          next.length === 0 ? undefined : Object.fromEntries(next.map(({ variable, output }) => [variable, output])),
        )
      }
    >
      {(row, change, index) => (
        <>
          <VariableSelect
            value={row.variable}
            label={`Variable of output ${index + 1}`}
            onChange={(variable) => change({ ...row, variable })}
          />
          <Text size="xs" c="var(--sluice-muted)" mt={6}>
            ←
          </Text>
          <Select
            size="xs"
            flex={1}
            data={[...new Set([...outputs, row.output])].filter((name) => name !== '')}
            value={row.output}
            allowDeselect={false}
            aria-label={`Output ${index + 1}`}
            onChange={(output) => change({ ...row, output: output ?? '' })}
          />
        </>
      )}
    </RowList>
  );
}
