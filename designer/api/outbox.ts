import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OutboxDetail, OutboxPage, OutboxQuery } from '../../schemas/api/outbox.ts';
import { api, path } from './client.ts';

export type OutboxFilter = Pick<OutboxQuery, 'state' | 'interaction'>;

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

export function useRetryOutbox() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<unknown>(path`/api/outbox/${id}/retry`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['outbox'] }),
  });
}
