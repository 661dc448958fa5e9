import { Select } from '@mantine/core';
import { useQueues } from '../../api/queues.ts';

interface QueueSelectProps {
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
  required?: boolean;
}

export function QueueSelect({ label, value, onChange, required = false }: QueueSelectProps) {
  const queues = useQueues();
  return (
    <Select
      label={label}
      placeholder={queues.isPending ? 'Loading…' : 'Choose a queue'}
      searchable
      required={required}
      data={(queues.data?.items ?? []).map((queue) => ({ value: queue.id, label: queue.name }))}
      value={value}
      onChange={onChange}
      nothingFoundMessage="No such queue"
    />
  );
}
