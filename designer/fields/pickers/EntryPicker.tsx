import { Group, Select, type SelectProps, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

/** Something of the settings that a flow names by its id. */
interface Entry {
  id: string;
  name: string;
  /** What it is, in a few words: beside its name in the list. */
  detail?: string | undefined;
}

/** What every picker takes. */
export interface PickerProps
  extends Pick<SelectProps, 'id' | 'label' | 'description' | 'size' | 'className' | 'error' | 'placeholder'> {
  /** Where no label is shown. */
  name?: string;
  /** Empty for none. */
  value: string;
  onChange: (id: string) => void;
  isRequired?: boolean;
  isReadOnly?: boolean;
}

interface EntryPickerProps extends PickerProps {
  /** "queue": for "Choose a queue" and "Create a queue…". */
  noun: string;
  entries: readonly Entry[];
  /** The dialog that makes one, for those who may; it begins with what was searched for in vain. */
  create?:
    | ((props: { startName: string; onClose: () => void; onCreated: (id: string) => void }) => ReactNode)
    | undefined;
}

const createOption = '+create';

/** Picks one by name, id or description; a new one is made on the spot. An id that there is not stays in sight. */
export function EntryPicker(props: EntryPickerProps) {
  const { noun, name, entries, value, onChange, isRequired = true, isReadOnly = false, create, ...shown } = props;
  const [search, setSearch] = useState('');
  const [startName, setStartName] = useState<string | null>(null);
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const data = entries.map(({ id, name: label }) => ({ value: id, label }));
  if (value !== '' && !known.has(value)) data.unshift({ value, label: value });
  if (create !== undefined) data.push({ value: createOption, label: `Create a ${noun}…` });
  return (
    <>
      <Select
        placeholder={`Choose a ${noun}`}
        {...shown}
        aria-label={name}
        withAsterisk={isRequired && shown.label !== undefined}
        data={data}
        value={value === '' ? null : value}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        readOnly={isReadOnly}
        allowDeselect={false}
        clearable={!isRequired}
        nothingFoundMessage={`There is no ${noun} of that name`}
        filter={({ options, search: text }) => {
          const wanted = text.toLowerCase().trim();
          return options.filter((option) => {
            if (!('value' in option) || option.value === createOption) return true;
            const { id = option.value, name: label = '', detail = '' } = known.get(option.value) ?? {};
            return `${label} ${id} ${detail}`.toLowerCase().includes(wanted);
          });
        }}
        renderOption={({ option }) => <Option label={option.label} entry={known.get(option.value)} />}
        onChange={(next) => {
          if (next === createOption) setStartName(known.values().some((entry) => entry.name === search) ? '' : search);
          else onChange(next ?? '');
        }}
      />
      {startName !== null &&
        create?.({
          startName,
          onClose: () => setStartName(null),
          onCreated: (id) => {
            setStartName(null);
            onChange(id);
          },
        })}
    </>
  );
}

function Option({ label, entry }: { label: string; entry: Entry | undefined }) {
  if (entry === undefined) {
    return (
      <Group gap={6} wrap="nowrap">
        {label.startsWith('Create a ') && <IconPlus size={13} aria-hidden />}
        <span>{label}</span>
      </Group>
    );
  }
  return (
    <div>
      <Text size="sm">{label}</Text>
      <Text size="xs" c="var(--sluice-muted)" lineClamp={1} aria-hidden>
        {entry.detail ?? entry.id}
      </Text>
    </div>
  );
}
