import { useCreateQueue, useQueues } from '../../api/queues.ts';
import { useMay } from '../../api/session.ts';
import { EntryDialog } from '../../shell/form/EntryDialog.tsx';
import { EntryPicker, type PickerProps } from './EntryPicker.tsx';

/** A queue by name; a new one is made on the spot by those who may. */
export function QueuePicker(props: PickerProps) {
  const queues = useQueues().data?.items ?? [];
  const create = useCreateQueue();
  const mayCreate = useMay('settings');
  return (
    <EntryPicker
      {...props}
      noun="queue"
      entries={queues.map(({ id, name, description, waiting }) => ({
        id,
        name,
        detail: [id, description, `${waiting} waiting`].filter(Boolean).join(' · '),
      }))}
      create={
        mayCreate
          ? ({ startName, onClose, onCreated }) => (
              <EntryDialog
                noun="queue"
                opened
                onClose={onClose}
                startName={startName}
                taken={queues.map(({ id }) => id)}
                save={(words) => create.mutate(words, { onSuccess: ({ id }) => onCreated(id) })}
                saving={create}
              />
            )
          : undefined
      }
    />
  );
}
