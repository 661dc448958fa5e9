import { Select } from '@mantine/core';

type Security = 'tls' | 'starttls' | 'none';

const choices: readonly { value: Security; label: string }[] = [
  { value: 'tls', label: 'TLS' },
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'none', label: 'None (this machine only)' },
];

interface SecuritySelectProps {
  value: Security;
  onChange: (security: Security) => void;
}

export function SecuritySelect({ value, onChange }: SecuritySelectProps) {
  return (
    <Select
      label="Security"
      allowDeselect={false}
      data={[...choices]}
      value={value}
      onChange={(chosen) => {
        const choice = choices.find((each) => each.value === chosen);
        if (choice) onChange(choice.value);
      }}
    />
  );
}
