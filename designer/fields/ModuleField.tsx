import { Anchor, Select } from '@mantine/core';
import { Link } from 'react-router';
import { useModules } from '../api/flows.ts';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';

/** Picks a published module, and leads to it. */
export function ModuleField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const { data } = useModules();
  const modules = data?.items ?? [];
  const current = typeof value === 'string' && value !== '' ? value : null;
  const options = modules.map((module) => ({ value: module.id, label: module.name }));
  if (current !== null && !modules.some((module) => module.id === current))
    options.unshift({ value: current, label: current });
  return (
    <Select
      id={id}
      label={label}
      description={
        current === null ? (
          description
        ) : (
          <Anchor component={Link} to={`/flows/${current}`} inherit>
            Open the module
          </Anchor>
        )
      }
      withAsterisk={isRequired}
      placeholder={options.length === 0 ? 'No module is published yet' : 'Choose a module'}
      data={options}
      value={current}
      searchable
      nothingFoundMessage="No module is called that"
      onChange={(next) => onChange(next ?? '')}
      allowDeselect={false}
      error={errorOf(issues)}
    />
  );
}
