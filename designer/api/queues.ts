import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ClaimBody, InteractionSummary, InteractionsPage } from '../../schemas/api/interactions.ts';
import type { QueueBody, QueueChange, Queues, QueueView } from '../../schemas/api/queues.ts';
import { api, path } from './client.ts';

const listKey = ['queues', 'list'] as const;

export function useQueues() {
  return useQuery({ queryKey: listKey, queryFn: ({ signal }) => api.get<Queues>('/api/queues', { signal }) });
}

/** The mails of a queue in the order in which they are handed out. */
export function useQueueMails(id: string, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['queues', 'mails', id, limit],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<InteractionsPage>(path`/api/queues/${id}/interactions`, { signal, query: { limit, after: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
}

/** Claims the mail at the head of the queue; null if none waits. */
export function useClaimNext(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: ClaimBody): Promise<InteractionSummary | null> =>
      (await api.post<InteractionSummary | undefined>(path`/api/queues/${id}/claim`, body)) ?? null,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['queues'] }),
        client.invalidateQueries({ queryKey: ['interactions'] }),
      ]),
  });
}

export function useCreateQueue() {
  return useQueueChange((body: QueueBody) => api.post<QueueView>('/api/queues', body));
}

export function useChangeQueue(id: string) {
  return useQueueChange((body: QueueChange) => api.patch<QueueView>(path`/api/queues/${id}`, body));
}

export function useDeleteQueue() {
  return useQueueChange((id: string) => api.delete(path`/api/queues/${id}`));
}

function useQueueChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: ['queues'] }) });
}
