import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCreateQueue, useQueues } from '../api/queues.ts';
import { useMay } from '../api/session.ts';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { toId } from '../shell/slug.ts';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';

const createOption = '+create';

/** Picks a queue by name; a new one is made on the spot by those who may. */
export function QueueField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const { data } = useQueues();
  const mayCreate = useMay('settings');
  const [newName, setNewName] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const queues = data?.items ?? [];
  const current = typeof value === 'string' && value !== '' ? value : null;
  const options = queues.map((queue) => ({ value: queue.id, label: queue.name }));
  if (current !== null && !queues.some((queue) => queue.id === current))
    options.unshift({ value: current, label: current });
  if (mayCreate) options.push({ value: createOption, label: 'Create a queue…' });
  return (
    <>
      <Select
        id={id}
        label={label}
        description={description}
        withAsterisk={isRequired}
        placeholder="Choose a queue"
        data={options}
        value={current}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        filter={({ options: all, search: text }) =>
          all.filter((option) => {
            if (!('value' in option)) return true;
            return option.value === createOption || option.label.toLowerCase().includes(text.toLowerCase().trim());
          })
        }
        onChange={(next) => (next === createOption ? setNewName('') : onChange(next ?? (isRequired ? '' : undefined)))}
        allowDeselect={false}
        clearable={!isRequired}
        error={errorOf(issues)}
        leftSection={null}
      />
      {newName !== null && (
        <NewQueue
          onClose={() => setNewName(null)}
          onCreated={(queue) => {
            setNewName(null);
            onChange(queue);
          }}
          taken={queues.map((queue) => queue.id)}
        />
      )}
    </>
  );
}

interface NewQueueProps {
  taken: readonly string[];
  onClose: () => void;
  onCreated: (id: string) => void;
}

function NewQueue({ taken, onClose, onCreated }: NewQueueProps) {
  const [name, setName] = useState('');
  const create = useCreateQueue();
  const id = toId(name, taken);
  return (
    <Modal opened onClose={onClose} title="New queue" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ id, name: name.trim() }, { onSuccess: () => onCreated(id) });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            maxLength={100}
            data-autofocus
          />
          <Text size="xs" c="var(--sluice-muted)">
            {id === '' ? 'Its id is made from the name.' : `Its id will be ${id}.`}
          </Text>
          {create.error !== null && <ErrorNote error={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" leftSection={<IconPlus size={14} />} disabled={id === ''} loading={create.isPending}>
              Create queue
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
