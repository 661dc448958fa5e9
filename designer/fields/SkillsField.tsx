import { TagsInput } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';

export function SkillsField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const skills = Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  return (
    <TagsInput
      id={id}
      label={label}
      description={description ?? 'What people must be able to do to get this mail'}
      placeholder={skills.length === 0 ? 'None' : ''}
      value={skills}
      onChange={(next) => onChange(next.length === 0 && !isRequired ? undefined : next)}
      clearable
      error={errorOf(issues)}
    />
  );
}
