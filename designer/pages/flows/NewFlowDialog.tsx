import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateFlow } from '../../api/flows.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { isId, toId } from '../../shell/slug.ts';

interface NewFlowDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Ids of the flows that exist. */
  taken: readonly string[];
}

export function NewFlowDialog({ opened, onClose, taken }: NewFlowDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New flow">
      <NewFlowForm taken={taken} onClose={onClose} />
    </Modal>
  );
}

function NewFlowForm({ taken, onClose }: Omit<NewFlowDialogProps, 'opened'>) {
  const create = useCreateFlow();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [ownId, setOwnId] = useState<string | null>(null);
  const id = ownId ?? toId(name, taken);
  const problem = id !== '' && idProblem(id, taken);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    create.mutate({ id, name: name.trim() }, { onSuccess: () => navigate(`/flows/${id}`) });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={200}
          placeholder="Customer support"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Id"
          description={id ? `Its file will be flows/${id}.flow.json` : 'The name of its file'}
          required
          maxLength={64}
          value={id}
          error={problem}
          onChange={(event) => setOwnId(event.currentTarget.value.toLowerCase())}
        />
        {create.error && <ErrorNote error={create.error} title="Not created" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create and draw
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function idProblem(id: string, taken: readonly string[]): string | false {
  if (!isId(id)) return 'Lower-case letters, digits and hyphens, beginning with a letter or digit';
  if (taken.includes(id)) return 'A flow with this id exists';
  return false;
}
