import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Flow } from '../../../schemas/flow.ts';
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
  const [type, setType] = useState<Flow['type']>('inbound-email');
  const [ownId, setOwnId] = useState<string | null>(null);
  const id = ownId ?? toId(name, taken);
  const problem = id !== '' && idProblem(id, taken);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    create.mutate({ id, name: name.trim(), type }, { onSuccess: () => navigate(`/flows/${id}`) });
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
        <Radio.Group
          label="What it is for"
          value={type}
          onChange={(next) => setType(next === 'module' ? 'module' : 'inbound-email')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="inbound-email" label="Incoming mail" description="Routes lead mail to it" />
            <Radio value="module" label="A module" description="A part that several flows call" />
          </Stack>
        </Radio.Group>
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
