import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useRouteByHand } from '../../api/interactions.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { QueueSelect } from '../queues/QueueSelect.tsx';

interface RouteByHandDialogProps {
  id: string;
  opened: boolean;
  onClose: () => void;
}

export function RouteByHandDialog({ id, opened, onClose }: RouteByHandDialogProps) {
  const route = useRouteByHand();
  const [queue, setQueue] = useState<string | null>(null);
  const [priority, setPriority] = useState<number | string>(0);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (queue === null) return;
    route.mutate(
      { id, body: { queue, priority: Number(priority) || 0 } },
      {
        onSuccess: () => {
          notifyDone(`Routed to ${queue}`);
          onClose();
        },
      },
    );
  };

  return (
    <Modal opened={opened} onClose={onClose} title="Route by hand">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="var(--sluice-muted)">
            No flow runs, and nothing is answered: the mail goes straight to the queue.
          </Text>
          <QueueSelect label="Queue" value={queue} onChange={setQueue} required />
          <NumberInput
            label="Priority"
            description="One point counts as one minute of waiting"
            value={priority}
            onChange={setPriority}
            min={-25_000_000}
            max={25_000_000}
            allowDecimal={false}
          />
          {route.error && <ErrorNote error={route.error} title="Not routed" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={route.isPending} disabled={queue === null}>
              Route
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
