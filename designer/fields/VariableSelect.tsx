import { Autocomplete } from '@mantine/core';
import { useFieldSurroundings } from './FieldContext.ts';

interface VariableSelectProps {
  value: string;
  onChange: (name: string) => void;
  label: string;
}

/** The name of a flow variable: one of those there are, or typed ahead of making it. */
export function VariableSelect({ value, onChange, label }: VariableSelectProps) {
  const { variables } = useFieldSurroundings();
  const names = variables.map(({ name }) => name).filter((name) => !name.startsWith('loop.'));
  const isUnknown = value !== '' && !names.includes(value);
  return (
    <Autocomplete
      size="xs"
      style={{ flex: '0 1 130px', minWidth: 90 }}
      data={names}
      value={value}
      onChange={onChange}
      placeholder="variable"
      aria-label={label}
      error={isUnknown}
    />
  );
}
