import { Group, Loader, Text } from '@mantine/core';
import { useEffect } from 'react';

interface LookingOnProps {
  query: { hasNextPage: boolean; isFetching: boolean; isError: boolean; fetchNextPage: () => unknown };
  /** "mails" */
  noun: string;
}

/** Stands where pages came back empty and there are older rows: looks on by itself, page by page, until something is found or all was looked at. */
export function LookingOn({ query, noun }: LookingOnProps) {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return (
    <Group justify="center" gap="xs" p="xl" role="status">
      <Loader size="xs" />
      <Text size="sm" c="var(--sluice-muted)">
        Looking through older {noun}…
      </Text>
    </Group>
  );
}
