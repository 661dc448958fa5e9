import type { QueueView } from '../../../schemas/api/queues.ts';
import { useChangeQueue, useCreateQueue } from '../../api/queues.ts';
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
  return (
    <EntryDialog
      noun="queue"
      {...{ opened, onClose, taken }}
      entry={queue}
      save={({ id, ...fields }) => {
        if (queue) change.mutate(fields, { onSuccess: onClose });
        else create.mutate({ id, ...fields }, { onSuccess: onClose });
      }}
      saving={{ isPending: create.isPending || change.isPending, error: create.error ?? change.error }}
    />
  );
}
