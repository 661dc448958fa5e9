import { ActionIcon, Button, Group, Input, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { toPointer } from '../../schemas/json-pointer.ts';
import { errorOf } from './error-of.tsx';
import { useFieldSurroundings } from './FieldContext.ts';
import type { FieldProps } from './field.ts';
import { entriesOf, useCalled } from './useCalled.ts';
import { ValueField } from './ValueField.tsx';

/** A value for each input of what is called; those that begin with a value of their own may be left out. */
export function CallInputsField({ id, label, value, onChange, settings, path, issues }: FieldProps) {
  const { isReadOnly } = useFieldSurroundings();
  const called = useCalled(settings);
  const given = new Map(entriesOf(value));
  const declared = called?.inputs ?? [];
  const names = [...new Set([...declared.map(({ name }) => name), ...given.keys()])];
  if (names.length === 0) return null;
  const change = (name: string, next: unknown) => {
    if (next === undefined) given.delete(name);
    else given.set(name, next);
    const entries = names.flatMap((each): [string, unknown][] => (given.has(each) ? [[each, given.get(each)]] : []));
    onChange(entries.length === 0 ? undefined : Object.fromEntries(entries));
  };
  return (
    <Input.Wrapper id={id} label={label} labelElement="div">
      <Stack gap={8} mt={4} role="list" aria-label={label}>
        {names.map((name) => {
          const input = declared.find((each) => each.name === name);
          const own = issues.filter(({ path }) => path.includes(toPointer('inputs', name)));
          const start = input?.initial === undefined ? '' : input.initial;
          return (
            <Stack key={name} gap={3} role="listitem">
              <Group gap={4} justify="space-between">
                <Text size="xs" fw={500}>
                  {name}
                  {input?.description !== undefined && (
                    <Text span size="xs" c="var(--sluice-muted)">
                      {` ${input.description}`}
                    </Text>
                  )}
                </Text>
                {given.has(name) && (input === undefined || input.initial !== undefined) && (
                  <ActionIcon
                    size="xs"
                    aria-label={`Leave out ${name}`}
                    disabled={isReadOnly}
                    onClick={() => change(name, undefined)}
                  >
                    <IconX size={12} />
                  </ActionIcon>
                )}
              </Group>
              {given.has(name) ? (
                <ValueField
                  id={`${id}-${name}`}
                  label={`Value of ${name}`}
                  value={given.get(name)}
                  onChange={(next) => change(name, next)}
                  isRequired
                  schema={{}}
                  path={path + toPointer(name)}
                  issues={own}
                />
              ) : (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  w="fit-content"
                  leftSection={<IconPlus size={13} />}
                  disabled={isReadOnly}
                  onClick={() => change(name, start)}
                >
                  {input?.initial === undefined
                    ? `Give ${name} a value`
                    : `Begins with ${JSON.stringify(input.initial)}`}
                </Button>
              )}
              {own.length > 0 && <Input.Error>{errorOf(own)}</Input.Error>}
            </Stack>
          );
        })}
      </Stack>
    </Input.Wrapper>
  );
}
