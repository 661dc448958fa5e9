import { TagsInput } from '@mantine/core';
import { useSkills } from '../api/skills.ts';
import { errorOf } from './error-of.tsx';
import { type FieldProps, numberIn } from './field.ts';

/** Names of skills: those that flows ask for already are offered, and a new one is there by being typed. */
export function SkillsField({ id, label, description, value, onChange, isRequired, schema, issues }: FieldProps) {
  const skills = Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  const known = useSkills().data?.items.map(({ name }) => name) ?? [];
  return (
    <TagsInput
      id={id}
      label={label}
      description={description ?? 'What people must be able to do to get this mail'}
      placeholder={skills.length === 0 ? 'None' : ''}
      data={known}
      maxTags={numberIn(schema, 'maxItems')}
      value={skills}
      onChange={(next) => onChange(next.length === 0 && !isRequired ? undefined : next)}
      clearable
      error={errorOf(issues)}
    />
  );
}
