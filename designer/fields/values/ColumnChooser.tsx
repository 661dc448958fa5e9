import { Alert, Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { columnOf, guessColumn, type Table } from './read-table.ts';

interface ColumnChooserProps {
  table: Table;
  onTake: (values: readonly string[]) => void;
  onCancel: () => void;
}

/** Several columns were pasted: which one has the values? */
export function ColumnChooser({ table, onTake, onCancel }: ColumnChooserProps) {
  const [guess] = useState(() => guessColumn(table));
  const [column, setColumn] = useState(guess.column);
  const [hasHeading, setHasHeading] = useState(guess.hasHeading);
  const values = columnOf(table, column, hasHeading);
  const [first = []] = table.rows;
  const choices = Array.from({ length: table.columns }, (_, at) => ({
    value: String(at),
    label: `${at + 1}: ${first[at] || '(empty)'}`,
  }));
  return (
    <Alert color="water" title={`${table.columns} columns were pasted`} p="sm">
      <Stack gap="xs">
        <Select
          label="Take the values from column"
          data={choices}
          value={String(column)}
          onChange={(next) => next !== null && setColumn(Number(next))}
          allowDeselect={false}
          data-autofocus
        />
        <Checkbox
          label="The first row is a heading"
          checked={hasHeading}
          onChange={({ currentTarget }) => setHasHeading(currentTarget.checked)}
        />
        <Text size="xs" c="var(--sluice-muted)" truncate>
          {values.slice(0, 4).join(', ')}
          {values.length > 4 && ' …'}
        </Text>
        <Group gap="xs">
          <Button onClick={() => onTake(values)}>Add {values.length} values</Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
