import { Select } from '@mantine/core';
import type { Role } from '../../../schemas/role.ts';
import { roleChoices } from './roles.ts';

interface RoleSelectProps {
  value: Role;
  onChange: (role: Role) => void;
}

export function RoleSelect({ value, onChange }: RoleSelectProps) {
  return (
    <Select
      label="Role"
      description={roleChoices.find((each) => each.value === value)?.may}
      allowDeselect={false}
      data={roleChoices.map((each) => ({ value: each.value, label: each.label }))}
      value={value}
      onChange={(chosen) => {
        const choice = roleChoices.find((each) => each.value === chosen);
        if (choice) onChange(choice.value);
      }}
    />
  );
}
