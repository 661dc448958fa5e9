import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Issue } from '../../schemas/issue.ts';
import type { Variable, VariableType } from '../../schemas/variable.ts';
import { useFieldSurroundings } from '../fields/FieldContext.ts';
import { JsonText } from '../fields/JsonText.tsx';

const types: { value: VariableType; label: string }[] = [
  { value: 'string', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'yes or no' },
  { value: 'date', label: 'date' },
  { value: 'list', label: 'list' },
  { value: 'json', label: 'JSON' },
];

interface VariableListProps {
  variables: readonly Variable[];
  onChange: (variables: Variable[]) => void;
  issues: readonly Issue[];
}

/** What a run can remember: read as `flow.name` in conditions and templates. */
export function VariableList({ variables, onChange, issues }: VariableListProps) {
  const { isReadOnly } = useFieldSurroundings();
  const add = () => onChange([...variables, { name: freeName(variables), type: 'string', initial: '' }]);
  return (
    <Stack gap={6}>
      {variables.length === 0 && (
        <Text size="xs" c="var(--sluice-muted)">
          None yet. A variable keeps what a data action answered, or what an update set, for later steps.
        </Text>
      )}
      {variables.map((variable, index) => {
        const change = (next: Variable) => onChange(variables.with(index, next));
        const issue = issues.find(({ path }) => path.startsWith(`/variables/${index}`));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes as it is typed, the place is what stays
          <Group key={index} gap={5} wrap="nowrap" align="flex-start">
            <TextInput
              size="xs"
              flex={1}
              aria-label={`Name of variable ${index + 1}`}
              value={variable.name}
              onChange={({ currentTarget }) => change({ ...variable, name: currentTarget.value.replaceAll(/\W/g, '') })}
              maxLength={64}
              error={issue?.message}
            />
            <Select
              size="xs"
              w={92}
              aria-label={`Type of variable ${index + 1}`}
              data={types}
              value={variable.type}
              allowDeselect={false}
              onChange={(type) => isVariableType(type) && change({ ...withoutInitial(variable), type })}
            />
            <InitialValue variable={variable} onChange={change} label={`Start value of variable ${index + 1}`} />
            <ActionIcon
              size="sm"
              mt={3}
              aria-label={`Remove variable ${variable.name}`}
              onClick={() => onChange(variables.toSpliced(index, 1))}
              disabled={isReadOnly}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
        );
      })}
      <Button
        variant="subtle"
        size="compact-xs"
        w="fit-content"
        leftSection={<IconPlus size={13} />}
        onClick={add}
        disabled={isReadOnly}
      >
        Add variable
      </Button>
    </Stack>
  );
}

interface InitialValueProps {
  variable: Variable;
  onChange: (variable: Variable) => void;
  label: string;
}

function InitialValue({ variable, onChange, label }: InitialValueProps) {
  const set = (initial: unknown) =>
    onChange(initial === undefined ? withoutInitial(variable) : { ...variable, initial });
  if (variable.type === 'list' || variable.type === 'json') {
    return (
      <div style={{ flex: 1, minWidth: 70 }}>
        <JsonText
          label={label}
          isLabelHidden
          rows={1}
          value={variable.initial}
          onChange={set}
          whenEmpty={{ value: undefined }}
        />
      </div>
    );
  }
  if (variable.type === 'boolean') {
    return (
      <Select
        size="xs"
        w={70}
        aria-label={label}
        data={['yes', 'no']}
        value={variable.initial === true ? 'yes' : variable.initial === false ? 'no' : null}
        placeholder="empty"
        clearable
        onChange={(next) => set(next === null ? undefined : next === 'yes')}
      />
    );
  }
  const isNumber = variable.type === 'number';
  return (
    <TextInput
      size="xs"
      w={84}
      aria-label={label}
      placeholder="empty"
      type={isNumber ? 'number' : 'text'}
      value={
        typeof variable.initial === 'string' || typeof variable.initial === 'number' ? String(variable.initial) : ''
      }
      onChange={({ currentTarget }) => {
        const text = currentTarget.value;
        set(text === '' && isNumber ? undefined : isNumber ? Number(text) : text);
      }}
    />
  );
}

function withoutInitial({ initial: _, ...rest }: Variable): Variable {
  return rest;
}

function isVariableType(type: string | null): type is VariableType {
  return types.some(({ value }) => value === type);
}

function freeName(variables: readonly Variable[]): string {
  for (let number = 1; ; number += 1) {
    const name = `variable${number}`;
    if (!variables.some((variable) => variable.name === name)) return name;
  }
}
