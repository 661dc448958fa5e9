import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import { useMerge } from '../../api/conversations.ts';
import { useInteractions } from '../../api/interactions.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';

interface MergeDialogProps {
  interaction: Interaction;
  opened: boolean;
  onClose: () => void;
}

/** Chooses the mail whose conversation this one is to join; those of the same sender are offered first. */
export function MergeDialog({ interaction, opened, onClose }: MergeDialogProps) {
  const merge = useMerge();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 250);
  const [into, setInto] = useState<string | null>(null);
  const found = useInteractions({ search: asked.trim() || interaction.from }, 20);
  const others = (found.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((item) => item.id !== interaction.id)
    .map((item) => ({ value: item.id, label: `${item.subject || '(no subject)'} (${item.from})` }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (into === null) return;
    merge.mutate(
      { id: interaction.id, into },
      {
        onSuccess: () => {
          notifyDone('Merged');
          onClose();
        },
      },
    );
  };

  return (
    <Modal opened={opened} onClose={onClose} title="Merge into a conversation">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="var(--sluice-muted)">
            This mail, and what answers it, joins the conversation of the mail that you choose. It can be split off
            again.
          </Text>
          <Select
            label="Mail"
            placeholder="Subject or sender"
            searchable
            required
            data={others}
            filter={({ options }) => options}
            searchValue={search}
            onSearchChange={(text) => {
              // What is chosen writes its label here, which is no search.
              if (!others.some(({ label }) => label === text)) setSearch(text);
            }}
            value={into}
            onChange={setInto}
            nothingFoundMessage="No other mail matches"
          />
          {merge.error && <ErrorNote error={merge.error} title="Not merged" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={merge.isPending} disabled={into === null}>
              Merge
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
