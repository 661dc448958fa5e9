import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCreateDomain } from '../../api/domains.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';

export function NewDomainDialog({ onClose, onAdded }: { onClose: () => void; onAdded: (id: string) => void }) {
  const create = useCreateDomain();
  const [name, setName] = useState('');
  const [receives, setReceives] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, receives }, { onSuccess: ({ id }) => onAdded(id) });
  };
  return (
    <Dialog onClose={onClose} title="Add a domain">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Domain"
            placeholder="example.com"
            required
            data-autofocus
            maxLength={253}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Checkbox
            label="The built-in receiver takes its mail"
            description="Leave it out where a provider takes it and Sluice reads a mailbox there"
            checked={receives}
            onChange={({ currentTarget }) => setReceives(currentTarget.checked)}
          />
          {create.error && <ErrorNote error={create.error} title="Not added" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
