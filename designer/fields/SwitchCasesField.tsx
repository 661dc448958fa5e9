import { ActionIcon, Button, Group, Input, Paper, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { toPointer } from '../../schemas/json-pointer.ts';
import { isId, toId } from '../shell/slug.ts';
import { ConditionField } from './ConditionField.tsx';
import { errorOf } from './error-of.tsx';
import { useFieldSurroundings } from './FieldContext.ts';
import type { FieldProps } from './field.ts';
import { rowsOf, textOf } from './RowList.tsx';

interface SwitchCase {
  outcome: string;
  condition: unknown;
}

/** The cases of a switch in the order in which they are asked; each names its way out. */
export function SwitchCasesField({ id, label, description, value, onChange, isRequired, issues, path }: FieldProps) {
  const { isReadOnly } = useFieldSurroundings();
  const cases: SwitchCase[] = rowsOf(value).map((row) => ({ outcome: textOf(row.outcome), condition: row.condition }));
  const names = cases.map(({ outcome }) => outcome);
  const add = () => {
    const outcome = toId('case', [...names, 'case']) || 'case-2';
    onChange([...cases, { outcome, condition: { contains: [{ var: 'email.subject' }, ''] } }]);
  };
  const swap = (index: number, other: number) => {
    const one = cases[index];
    const two = cases[other];
    if (one !== undefined && two !== undefined) onChange(cases.with(index, two).with(other, one));
  };
  const issuesOf = (index: number) => issues.filter((issue) => issue.path.startsWith(`${path}${toPointer(index)}/`));
  const own = issues.filter((issue) => issue.path === path);
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={label}
      description={description ?? 'The first case that holds is taken; if none does, the way out is “default”'}
      withAsterisk={isRequired}
      error={errorOf(own)}
    >
      <Stack gap="xs" mt={6}>
        {cases.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes as it is typed, the place is what stays
          <Paper key={index} p="xs" radius="md" bg="transparent">
            <Stack gap={8}>
              <Group gap={4} wrap="nowrap" align="flex-start">
                <OutcomeName
                  value={each.outcome}
                  others={names.toSpliced(index, 1)}
                  label={`Outcome of case ${index + 1}`}
                  onChange={(outcome) => onChange(cases.with(index, { ...each, outcome }))}
                />
                <CaseButton
                  label={`Move case ${index + 1} up`}
                  isOff={isReadOnly || index === 0}
                  onClick={() => swap(index, index - 1)}
                >
                  <IconArrowUp size={14} />
                </CaseButton>
                <CaseButton
                  label={`Move case ${index + 1} down`}
                  isOff={isReadOnly || index === cases.length - 1}
                  onClick={() => swap(index, index + 1)}
                >
                  <IconArrowDown size={14} />
                </CaseButton>
                <CaseButton
                  label={`Remove case ${index + 1}`}
                  isOff={isReadOnly || cases.length === 1}
                  onClick={() => onChange(cases.toSpliced(index, 1))}
                >
                  <IconTrash size={14} />
                </CaseButton>
              </Group>
              <ConditionField
                id={`${id}-${index}`}
                label="When"
                value={each.condition}
                onChange={(condition) => onChange(cases.with(index, { ...each, condition }))}
                isRequired={false}
                schema={{}}
                path={path + toPointer(index, 'condition')}
                issues={issuesOf(index)}
              />
            </Stack>
          </Paper>
        ))}
        <Button
          variant="subtle"
          size="compact-xs"
          w="fit-content"
          leftSection={<IconPlus size={13} />}
          onClick={add}
          disabled={isReadOnly}
        >
          Add case
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface CaseButtonProps {
  label: string;
  isOff: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function CaseButton({ label, isOff, onClick, children }: CaseButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" mt={3} aria-label={label} disabled={isOff} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

interface OutcomeNameProps {
  value: string;
  others: readonly string[];
  label: string;
  onChange: (name: string) => void;
}

/** A name is taken over when it is finished: half of one would cut the connection that hangs on it. */
function OutcomeName({ value, others, label, onChange }: OutcomeNameProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = toId(typed ?? value);
  const mistake =
    typed === null
      ? undefined
      : !isId(name)
        ? 'Use letters, digits and hyphens.'
        : others.includes(name)
          ? 'Another case has this name.'
          : name === 'default'
            ? '“default” is the way out if no case holds.'
            : undefined;
  const finish = () => {
    if (typed !== null && mistake === undefined && name !== value) onChange(name);
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      flex={1}
      aria-label={label}
      value={typed ?? value}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
      error={mistake}
      styles={{ input: { fontWeight: 600 } }}
    />
  );
}
