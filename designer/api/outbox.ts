import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OutboxCounts, OutboxDetail, OutboxPage, OutboxQuery } from '../../schemas/api/outbox.ts';
import { api, path } from './client.ts';

export type OutboxFilter = Pick<OutboxQuery, 'state' | 'interaction' | 'search'>;

export function useOutbox(filter: OutboxFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['outbox', 'list', filter, limit],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<OutboxPage>('/api/outbox', { signal, query: { ...filter, limit, after: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
}

export function useOutboxItem(id: string | null) {
  return useQuery({
    queryKey: ['outbox', 'one', id],
    enabled: id !== null,
    queryFn: ({ signal }) => api.get<OutboxDetail>(path`/api/outbox/${id ?? ''}`, { signal }),
  });
}

/** Where the mail can be downloaded as it leaves. */
export function outboxSourceUrl(id: string): string {
  return path`/api/outbox/${id}/raw`;
}

/** How many mails are in which state, and how many are late. */
export function useOutboxCounts() {
  return useQuery({
    queryKey: ['outbox', 'counts'],
    queryFn: ({ signal }) => api.get<OutboxCounts>('/api/outbox/counts', { signal }),
  });
}

export function useRetryOutbox() {
  return useOutboxItemChange((id) => api.post<unknown>(path`/api/outbox/${id}/retry`, {}));
}

/** A mail that waits is not tried any more. */
export function useGiveUpOutbox() {
  return useOutboxItemChange((id) => api.post<unknown>(path`/api/outbox/${id}/give-up`, {}));
}

function useOutboxItemChange(mutationFn: (id: string) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['outbox'] }) });
}
