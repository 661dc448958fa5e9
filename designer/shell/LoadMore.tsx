import { Button, Group, Text } from '@mantine/core';

interface LoadMoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  /** Rows that are shown. */
  count: number;
  /** "mail": what one row is. */
  noun: string;
}

export function LoadMore({ query, count, noun }: LoadMoreProps) {
  return (
    <Group justify="center" gap="sm" py="xs">
      <Text size="xs" c="var(--sluice-muted)" role="status">
        {`${query.hasNextPage || count === 1 ? '' : 'All '}${count} ${noun}${count === 1 ? '' : 's'} shown`}
      </Text>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          Load more
        </Button>
      )}
    </Group>
  );
}
