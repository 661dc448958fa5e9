import { useState } from 'react';
import type { QueueView } from '../../../schemas/api/queues.ts';
import { useChangeQueue, useCreateQueue } from '../../api/queues.ts';
import { FromGroupsPicker } from '../../fields/pickers/FromGroupsPicker.tsx';
import { EntryDialog } from '../../shell/form/EntryDialog.tsx';

interface QueueDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Ids that are in use. */
  taken: readonly string[];
  /** The queue to change; a new one without. */
  queue?: QueueView;
}

export function QueueDialog({ opened, onClose, taken, queue }: QueueDialogProps) {
  const create = useCreateQueue();
  const change = useChangeQueue(queue?.id ?? '');
  const [fromGroups, setFromGroups] = useState(queue?.fromGroups ?? []);
  return (
    <EntryDialog
      noun="queue"
      {...{ opened, taken }}
      onClose={() => {
        setFromGroups(queue?.fromGroups ?? []);
        onClose();
      }}
      entry={queue}
      more={
        <FromGroupsPicker
          description="Beside those that the route of the mail offers"
          value={fromGroups}
          onChange={setFromGroups}
        />
      }
      save={({ id, ...words }) => {
        const fields = { ...words, fromGroups };
        if (queue) change.mutate(fields, { onSuccess: onClose });
        else
          create.mutate(
            { id, ...fields },
            {
              onSuccess: () => {
                setFromGroups([]);
                onClose();
              },
            },
          );
      }}
      saving={{ isPending: create.isPending || change.isPending, error: create.error ?? change.error }}
    />
  );
}
