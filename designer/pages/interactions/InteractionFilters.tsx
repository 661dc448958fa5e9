import { Group, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { InteractionState } from '../../../schemas/interaction.ts';
import type { InteractionFilter } from '../../api/interactions.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useQueues } from '../../api/queues.ts';
import { ListSearch } from '../../shell/ListSearch.tsx';

const states: readonly InteractionState[] = [
  'received',
  'queued',
  'claimed',
  'parked',
  'done',
  'disconnected',
  'held',
  'skipped',
  'quarantined',
];

interface InteractionFiltersProps {
  filter: InteractionFilter;
  /** What is typed, ahead of the filter: each letter of its own would ask the server. */
  search: string;
  onSearch: (text: string) => void;
  onChange: (filter: InteractionFilter) => void;
}

export function InteractionFilters({ filter, search, onSearch, onChange }: InteractionFiltersProps) {
  const queues = useQueues().data?.items ?? [];
  const mailboxes = useMailboxes().data?.items ?? [];
  const applySearch = useDebouncedCallback((text: string) => onChange({ ...filter, search: text.trim() }), 250);

  return (
    <Group gap="xs" role="search" aria-label="Filter the interactions">
      <ListSearch
        label="Search subject and sender"
        placeholder="Subject or sender"
        w={{ base: '100%', xs: 260 }}
        value={search}
        onChange={(text) => {
          onSearch(text);
          applySearch(text);
        }}
      />
      <Select
        aria-label="State"
        placeholder="Any state"
        clearable
        w={150}
        data={[...states]}
        value={filter.state ?? null}
        onChange={(state) => onChange({ ...filter, state: states.find((each) => each === state) })}
      />
      <Select
        aria-label="Queue"
        placeholder="Any queue"
        clearable
        searchable
        w={180}
        data={queues.map((queue) => ({ value: queue.id, label: queue.name }))}
        value={filter.queue ?? null}
        onChange={(queue) => onChange({ ...filter, queue: queue ?? undefined })}
      />
      <Select
        aria-label="Mailbox"
        placeholder="Any mailbox"
        clearable
        searchable
        w={180}
        data={mailboxes.map((mailbox) => ({ value: mailbox.id, label: mailbox.name }))}
        value={filter.mailbox ?? null}
        onChange={(mailbox) => onChange({ ...filter, mailbox: mailbox ?? undefined })}
      />
    </Group>
  );
}
