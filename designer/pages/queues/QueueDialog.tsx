import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { QueueView } from '../../../schemas/api/queues.ts';
import { useChangeQueue, useCreateQueue } from '../../api/queues.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { isId, toId } from '../../shell/slug.ts';

interface QueueDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Ids that are in use. */
  taken: readonly string[];
  /** The queue to change; a new one without. */
  queue?: QueueView;
}

export function QueueDialog({ opened, onClose, taken, queue }: QueueDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={queue ? 'Change the queue' : 'New queue'}>
      <QueueForm onClose={onClose} taken={taken} queue={queue} />
    </Modal>
  );
}

interface QueueFormProps {
  onClose: () => void;
  taken: readonly string[];
  queue: QueueView | undefined;
}

function QueueForm({ onClose, taken, queue }: QueueFormProps) {
  const create = useCreateQueue();
  const change = useChangeQueue(queue?.id ?? '');
  const [name, setName] = useState(queue?.name ?? '');
  const [ownId, setOwnId] = useState<string | null>(queue?.id ?? null);
  const [description, setDescription] = useState(queue?.description ?? '');
  const id = ownId ?? toId(name, taken);
  const problem = !queue && id !== '' && idProblem(id, taken);
  const error = create.error ?? change.error;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    const fields = { name: name.trim(), description: description.trim() };
    if (queue) change.mutate(fields, { onSuccess: onClose });
    else create.mutate({ id, ...fields }, { onSuccess: onClose });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Id"
          description={queue ? 'Flows name the queue by it, so it stays' : 'Flows name the queue by it'}
          required
          disabled={queue !== undefined}
          maxLength={64}
          value={id}
          error={problem}
          onChange={(event) => setOwnId(event.currentTarget.value.toLowerCase())}
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {error && <ErrorNote error={error} title="Not saved" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {queue ? 'Save' : 'Create'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function idProblem(id: string, taken: readonly string[]): string | false {
  if (!isId(id)) return 'Lower-case letters, digits and hyphens, beginning with a letter or digit';
  if (taken.includes(id)) return 'A queue with this id exists';
  return false;
}
