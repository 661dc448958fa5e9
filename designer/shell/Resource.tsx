import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNote } from './ErrorNote.tsx';

interface ResourceProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  /** What is being fetched, for the heading of an error: "The queues". */
  name: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** Draws what was fetched; until then its outline, and if it fails the reason above whatever is known already. */
export function Resource<T>({ query, name, rows = 4, children }: ResourceProps<T>) {
  return (
    <>
      {query.error !== null && (
        <ErrorNote error={query.error} title={`${name} could not be loaded`} onRetry={query.refetch} />
      )}
      {query.data !== undefined && children(query.data)}
      {query.data === undefined && query.error === null && (
        <Stack gap={8} role="status" aria-label={`Loading: ${name}`}>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
            <Skeleton key={row} height={34} radius="sm" />
          ))}
        </Stack>
      )}
    </>
  );
}
