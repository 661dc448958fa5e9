import { useMutation, useQuery } from '@tanstack/react-query';
import type { StorageTrouble, System, TestMailBody, TestMailResult } from '../../schemas/api/system.ts';
import { api } from './client.ts';

export const systemKey = ['system'] as const;

/** Nobody tells that a disk is full; and that it has room again is waited for. */
const storageLookMs = { well: 30_000, troubled: 5_000 };

const systemQuery = {
  queryKey: systemKey,
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<System>('/api/system', { signal }),
};

export function useSystem() {
  return useQuery(systemQuery);
}

/** What keeps mail from being stored, or soon will; null where all is well or nothing is known. */
export function useStorageTrouble(): StorageTrouble | null {
  const system = useQuery({
    ...systemQuery,
    refetchInterval: ({ state }) => (state.data?.storage ? storageLookMs.troubled : storageLookMs.well),
  });
  return system.data?.storage ?? null;
}

export function useSendTestMail() {
  return useMutation({ mutationFn: (body: TestMailBody) => api.post<TestMailResult>('/api/test-mail', body) });
}
