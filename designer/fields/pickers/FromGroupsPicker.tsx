import { MultiSelect } from '@mantine/core';
import { useFromAddresses } from '../../api/from-addresses.ts';

interface FromGroupsPickerProps {
  /** What agents may choose where no group is named here. */
  description: string;
  value: readonly string[];
  onChange: (groups: string[]) => void;
}

/** Chooses the groups of from addresses that agents may answer from. A group that is gone stays in sight. */
export function FromGroupsPicker({ description, value, onChange }: FromGroupsPickerProps) {
  const items = useFromAddresses().data?.items ?? [];
  const groups = new Set([...value, ...items.flatMap(({ group }) => group ?? [])]);
  return (
    <MultiSelect
      label="Agents may answer from"
      description={description}
      placeholder={value.length === 0 ? 'Groups of from addresses' : ''}
      clearable
      searchable
      nothingFoundMessage="No group yet: give a from address one"
      data={[...groups].sort((a, b) => a.localeCompare(b))}
      value={[...value]}
      onChange={onChange}
    />
  );
}
