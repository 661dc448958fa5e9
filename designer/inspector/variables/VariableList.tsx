import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Issue } from '../../../schemas/issue.ts';
import type { Variable, VariableType } from '../../../schemas/variable.ts';
import { variableUses } from '../../../schemas/variable-uses.ts';
import { errorOf } from '../../fields/error-of.tsx';
import { useFieldSurroundings } from '../../fields/FieldContext.ts';
import { RowList } from '../../fields/RowList.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { changeVariables } from '../../state/commands/change-variables.ts';
import { renameVariable } from '../../state/commands/rename-variable.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import { InitialValue } from './InitialValue.tsx';
import { VariableUses } from './VariableUses.tsx';

const types: { value: VariableType; label: string }[] = [
  { value: 'string', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'yes or no' },
  { value: 'date', label: 'date' },
  { value: 'list', label: 'list' },
  { value: 'json', label: 'JSON' },
];

/** What a run can remember, read as `flow.name`: each with its type, its start value and where it is used. */
export function VariableList({ issues }: { issues: readonly Issue[] }) {
  const store = useEditorStore();
  const flow = useEditor((state) => state.history.flow);
  const later = useDeferredValue(flow);
  const uses = useMemo(() => variableUses(later), [later]);
  const variables = flow.variables ?? [];
  const { run } = store.getState();
  const change = (next: readonly Variable[]) => run(changeVariables(next));

  const remove = (index: number) => {
    const name = variables[index]?.name ?? '';
    const places = new Set((uses.get(name) ?? []).map(({ sheet, action }) => `${sheet} ${action}`)).size;
    const without = () => change((store.getState().history.flow.variables ?? []).toSpliced(index, 1));
    if (places === 0) return without();
    confirm({
      title: `Delete the variable ${name}?`,
      text: `${places === 1 ? 'One action uses it and fails' : `${places} actions use it and fail`} the checks until it is changed. Undo brings the variable back.`,
      yes: 'Delete the variable',
      onYes: without,
    });
  };
  return (
    <RowList
      id="variables"
      label="Variables"
      isLabelHidden
      isRequired={false}
      error={undefined}
      rows={variables}
      noun="variable"
      newRow={() => ({ name: freeName(variables), type: 'string' as const, initial: '' })}
      onChange={change}
      onRemove={remove}
      whenEmpty={
        <Text size="xs" c="var(--sluice-muted)">
          None yet. A variable keeps what a data action answered, or what an update set, for later steps.
        </Text>
      }
    >
      {(variable, set, index) => (
        <Stack gap={4} flex={1} miw={0} pb={4}>
          <Group gap={5} wrap="nowrap" align="flex-start">
            <VariableName
              index={index}
              value={variable.name}
              others={variables.toSpliced(index, 1).map(({ name }) => name)}
              onRename={(name) => run(renameVariable(variable.name, name))}
              issues={issues.filter(({ path }) => path === `/variables/${index}/name`)}
            />
            <Select
              size="xs"
              w={96}
              aria-label={`Type of variable ${index + 1}`}
              data={types}
              value={variable.type}
              allowDeselect={false}
              onChange={(type) => isVariableType(type) && set({ ...withoutInitial(variable), type })}
            />
          </Group>
          <Group gap={5} wrap="nowrap" align="center">
            <InitialValue
              label={`Start value of variable ${index + 1}`}
              variable={variable}
              onChange={(initial) => set(initial === undefined ? withoutInitial(variable) : { ...variable, initial })}
              error={errorOf(issues.filter(({ path }) => path.startsWith(`/variables/${index}/initial`)))}
            />
            <VariableUses name={variable.name} uses={uses.get(variable.name) ?? []} />
          </Group>
        </Stack>
      )}
    </RowList>
  );
}

interface VariableNameProps {
  index: number;
  value: string;
  others: readonly string[];
  onRename: (name: string) => void;
  issues: readonly Issue[];
}

/** Taken over when it is finished, and then everywhere at once: half a name would rename the uses to half of it. */
function VariableName({ index, value, others, onRename, issues }: VariableNameProps) {
  const { isReadOnly } = useFieldSurroundings();
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? value).trim();
  const mistake =
    typed === null
      ? undefined
      : !/^[A-Za-z]\w{0,63}$/.test(name)
        ? 'Letters, digits and underscores, beginning with a letter.'
        : others.includes(name)
          ? 'Another variable has this name.'
          : undefined;
  const finish = () => {
    if (typed !== null && mistake === undefined && name !== value) onRename(name);
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      flex={1}
      aria-label={`Name of variable ${index + 1}`}
      value={typed ?? value}
      readOnly={isReadOnly}
      data-local-undo
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') setTyped(null);
      }}
      error={mistake ?? errorOf(issues)}
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
