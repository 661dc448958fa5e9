import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

interface ListSearchProps {
  /** "Find an address" */
  label: string;
  /** "Find by address, name or group" */
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** Above a list that is in the page as a whole: narrows it while somebody types. */
export function ListSearch({ label, placeholder, value, onChange }: ListSearchProps) {
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={15} />}
      maw={380}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
