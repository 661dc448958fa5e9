import { TextInput } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import { type FieldProps, numberIn } from './field.ts';

export function TextField({ id, label, description, value, onChange, isRequired, schema, issues }: FieldProps) {
  return (
    <TextInput
      id={id}
      label={label}
      description={description}
      withAsterisk={isRequired}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' && !isRequired ? undefined : currentTarget.value)
      }
      maxLength={numberIn(schema, 'maxLength')}
      error={errorOf(issues)}
    />
  );
}
