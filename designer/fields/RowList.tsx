import { ActionIcon, Button, Group, Input, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFieldSurroundings } from './FieldContext.ts';

interface RowListProps<T> {
  id: string;
  label: string;
  /** Where a heading stands above already. */
  isLabelHidden?: boolean;
  description?: string | undefined;
  isRequired: boolean;
  error: ReactNode;
  rows: readonly T[];
  /** What the button makes: "header". */
  noun: string;
  /** What there is to say while there is no row. */
  whenEmpty?: ReactNode;
  newRow: () => T;
  onChange: (rows: T[]) => void;
  /** In place of removing at once, for rows that others depend on. */
  onRemove?: (index: number) => void;
  children: (row: T, change: (row: T) => void, index: number) => ReactNode;
}

/** A list of small rows, each with a button that removes it. */
export function RowList<T>({
  id,
  label,
  isLabelHidden = false,
  description,
  isRequired,
  error,
  rows,
  noun,
  whenEmpty,
  newRow,
  onChange,
  onRemove = (index) => onChange(rows.toSpliced(index, 1)),
  children,
}: RowListProps<T>) {
  const { isReadOnly } = useFieldSurroundings();
  return (
    <Input.Wrapper
      labelElement="div"
      id={id}
      label={isLabelHidden ? undefined : label}
      description={description}
      withAsterisk={isRequired}
      error={error}
    >
      <Stack gap={6} mt={4}>
        {rows.length === 0 && whenEmpty}
        {rows.length > 0 && (
          <Stack gap={6} role="list" aria-label={label}>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own but its place
              <Group key={index} gap={6} wrap="nowrap" align="flex-start" role="listitem">
                {children(row, (next) => onChange(rows.with(index, next)), index)}
                <ActionIcon
                  mt={4}
                  size="sm"
                  aria-label={`Remove ${noun} ${index + 1}`}
                  onClick={() => onRemove(index)}
                  disabled={isReadOnly}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </Group>
            ))}
          </Stack>
        )}
        <Button
          variant="subtle"
          size="compact-xs"
          w="fit-content"
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...rows, newRow()])}
          disabled={isReadOnly}
        >
          Add {noun}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

/** The entries of a list that are objects; anything else in a hand-written draft is left to the checks. */
export function rowsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((row) => typeof row === 'object' && row !== null) : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
