import { Box, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { Logic } from '../../schemas/logic.ts';
import { readPath } from '../../schemas/wording/logic-shape.ts';
import { useFieldSurroundings } from './FieldContext.ts';
import type { FieldProps } from './field.ts';
import { JsonText } from './JsonText.tsx';
import { scopeChoices } from './scope-menu.ts';

type Form = 'text' | 'number' | 'boolean' | 'path' | 'logic';

const forms: { value: Form; label: string }[] = [
  { value: 'text', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'yes or no' },
  { value: 'path', label: 'value of…' },
  { value: 'logic', label: 'JSON logic' },
];

const starts: Record<Form, Logic> = {
  text: '',
  number: 0,
  boolean: true,
  path: { var: 'email.subject' },
  logic: { cat: ['', { var: 'email.subject' }] },
};

/** A value: fixed, taken from the mail or a variable, or computed. */
export function ValueField({ id, label, value, onChange, issues }: FieldProps) {
  const { variables } = useFieldSurroundings();
  const form = formOf(value);
  return (
    <Stack gap={4} flex={1} miw={0}>
      <Box style={{ display: 'flex', gap: 4 }}>
        <Select
          size="xs"
          w={98}
          flex="none"
          data={forms}
          value={form}
          aria-label={`Kind of ${label.toLowerCase()}`}
          allowDeselect={false}
          onChange={(next) => next !== null && onChange(starts[next])}
        />
        <Box flex={1} miw={0}>
          {form === 'text' && (
            <TextInput
              id={id}
              size="xs"
              aria-label={label}
              value={typeof value === 'string' ? value : ''}
              onChange={({ currentTarget }) => onChange(currentTarget.value)}
              error={issues.length > 0}
            />
          )}
          {form === 'number' && (
            <NumberInput
              id={id}
              size="xs"
              aria-label={label}
              value={typeof value === 'number' ? value : 0}
              onChange={(next) => typeof next === 'number' && onChange(next)}
            />
          )}
          {form === 'boolean' && (
            <Select
              id={id}
              size="xs"
              aria-label={label}
              data={[
                { value: 'true', label: 'yes' },
                { value: 'false', label: 'no' },
              ]}
              value={String(value)}
              allowDeselect={false}
              onChange={(next) => onChange(next === 'true')}
            />
          )}
          {form === 'path' && (
            <Select
              id={id}
              size="xs"
              aria-label={label}
              searchable
              data={[...Map.groupBy(scopeChoices(variables), ({ group }) => group)].map(([group, choices]) => ({
                group,
                items: choices.map((choice) => ({ value: choice.path, label: choice.label })),
              }))}
              // A document holds JSON: by form this is JsonLogic.
              value={readPath(value as Logic)}
              allowDeselect={false}
              onChange={(next) => next !== null && onChange({ var: next })}
              error={issues.length > 0}
            />
          )}
        </Box>
      </Box>
      {form === 'logic' && (
        <JsonText
          id={id}
          label={label}
          isLabelHidden
          value={value}
          onChange={onChange}
          rows={3}
          error={issues.length > 0}
        />
      )}
    </Stack>
  );
}

function formOf(value: unknown): Form {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  // A document holds JSON: by form this is JsonLogic.
  return readPath(value as Logic) === null ? 'logic' : 'path';
}
