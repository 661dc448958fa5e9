import { Button, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useInteractions } from '../api/interactions.ts';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { RelativeTime } from '../shell/RelativeTime.tsx';
import type { ChooserProps } from './chooser.ts';
import classes from './TryPanel.module.css';

/** A mail that came in, found by its subject or sender. */
export function PastMail({ onTry, isTrying }: ChooserProps) {
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search.trim(), 200);
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInteractions(
    searched === '' ? {} : { search: searched },
    25,
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap={8}>
      <TextInput
        size="xs"
        label="Find by subject or sender"
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      {error !== null && <ErrorNote error={error} />}
      <ScrollArea.Autosize mah={340} type="auto" tabIndex={-1}>
        <ul className={classes.mails} aria-label="Past mails" aria-busy={isPending}>
          {items.map((item) => (
            <li key={item.id}>
              <UnstyledButton
                className={classes.mail}
                disabled={isTrying}
                onClick={() => onTry({ interaction: item.id })}
              >
                <Text size="sm" fw={500} truncate="end">
                  <bdi>{item.subject || '(no subject)'}</bdi>
                </Text>
                <Text size="xs" c="var(--sluice-muted)" truncate="end">
                  <bdi>{item.from}</bdi> · <RelativeTime at={item.receivedAt} />
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </ScrollArea.Autosize>
      {items.length === 0 && !isPending && (
        <Text size="sm" c="var(--sluice-muted)">
          {searched === ''
            ? 'No mail has come in yet. Write one, or drop a file.'
            : 'No mail has this in its subject or sender.'}
        </Text>
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          Older mails
        </Button>
      )}
    </Stack>
  );
}
