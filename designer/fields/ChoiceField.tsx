import { Select } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import { type FieldProps, keywordOf } from './field.ts';

/** One of the constants of a union. */
export function ChoiceField({ id, label, description, value, onChange, isRequired, schema, issues }: FieldProps) {
  return (
    <Select
      id={id}
      label={label}
      description={description}
      withAsterisk={isRequired}
      data={choicesOf(schema)}
      value={typeof value === 'string' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable={!isRequired}
      allowDeselect={false}
      error={errorOf(issues)}
    />
  );
}

/** The texts of a union of constants; empty if the schema is anything else. */
export function choicesOf(schema: FieldProps['schema']): string[] {
  const anyOf = keywordOf(schema, 'anyOf');
  if (!Array.isArray(anyOf)) return [];
  return anyOf.flatMap((each: unknown) => {
    const constant = typeof each === 'object' && each !== null ? Reflect.get(each, 'const') : undefined;
    return typeof constant === 'string' ? [constant] : [];
  });
}
