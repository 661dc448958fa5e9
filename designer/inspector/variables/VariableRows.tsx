import { Group, Select, Stack, Text } from '@mantine/core';
import type { Issue } from '../../../schemas/issue.ts';
import type { Variable, VariableType } from '../../../schemas/variable.ts';
import type { VariableUse } from '../../../schemas/variable-uses.ts';
import { variableTypeWords } from '../../../schemas/wording/variable-types.ts';
import { errorOf } from '../../fields/error-of.tsx';
import { RowList } from '../../fields/RowList.tsx';
import { InitialValue } from './InitialValue.tsx';
import { VariableName } from './VariableName.tsx';
import { VariableUses } from './VariableUses.tsx';

const types = Object.entries(variableTypeWords).map(([value, label]) => ({ value, label }));

interface VariableRowsProps {
  id: string;
  /** What the list is called: "Variables". */
  label: string;
  /** What one of them is called: "variable". */
  noun: string;
  /** What there is to say while there is none. */
  whenEmpty: string;
  variables: readonly Variable[];
  /** Names that other lists of the same owner use. */
  taken?: readonly string[];
  /** False where a value must be given by a caller: an input that begins with nothing has to be filled. */
  beginsWithValue?: boolean;
  usesOf: (name: string) => readonly VariableUse[];
  /** JSON pointer of the list in the document. */
  path: string;
  issues: readonly Issue[];
  onChange: (variables: readonly Variable[]) => void;
  onRename: (from: string, to: string) => void;
  onRemove: (index: number) => void;
}

/** Variables of a flow, a module or a task: each with its type, its start value and where it is used. */
export function VariableRows(props: VariableRowsProps) {
  const { id, label, noun, whenEmpty, variables, taken = [], beginsWithValue = true, usesOf, path, issues } = props;
  const { onChange, onRename, onRemove } = props;
  const names = [...taken, ...variables.map(({ name }) => name)];
  const fresh = (): Variable => ({
    name: freeName(noun, names),
    type: 'string',
    ...(beginsWithValue ? { initial: '' } : {}),
  });
  return (
    <RowList
      {...{ id, label, noun }}
      isLabelHidden
      isRequired={false}
      error={undefined}
      rows={variables}
      newRow={fresh}
      onChange={onChange}
      onRemove={onRemove}
      whenEmpty={
        <Text size="xs" c="var(--sluice-muted)">
          {whenEmpty}
        </Text>
      }
    >
      {(variable, set, index) => (
        <Stack gap={4} flex={1} miw={0} pb={4}>
          <Group gap={5} wrap="nowrap" align="flex-start">
            <VariableName
              label={`Name of ${noun} ${index + 1}`}
              value={variable.name}
              others={names.filter((name) => name !== variable.name)}
              onRename={(name) => onRename(variable.name, name)}
              issues={issues.filter((issue) => issue.path === `${path}/${index}/name`)}
            />
            <Select
              size="xs"
              w={96}
              aria-label={`Type of ${noun} ${index + 1}`}
              data={types}
              value={variable.type}
              allowDeselect={false}
              onChange={(type) => isVariableType(type) && set({ ...withoutInitial(variable), type })}
            />
          </Group>
          <Group gap={5} wrap="nowrap" align="center">
            <InitialValue
              label={`Start value of ${noun} ${index + 1}`}
              variable={variable}
              onChange={(initial) =>
                set(isNothing(initial, beginsWithValue) ? withoutInitial(variable) : { ...variable, initial })
              }
              error={errorOf(issues.filter((issue) => issue.path.startsWith(`${path}/${index}/initial`)))}
            />
            <VariableUses name={variable.name} uses={usesOf(variable.name)} />
          </Group>
        </Stack>
      )}
    </RowList>
  );
}

/** An input that was emptied has to be given again; a variable may well begin with the empty text. */
function isNothing(initial: unknown, beginsWithValue: boolean): boolean {
  return initial === undefined || (!beginsWithValue && initial === '');
}

function withoutInitial({ initial: _, ...rest }: Variable): Variable {
  return rest;
}

function isVariableType(type: string | null): type is VariableType {
  return types.some(({ value }) => value === type);
}

function freeName(noun: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) if (!taken.includes(`${noun}${number}`)) return `${noun}${number}`;
}
