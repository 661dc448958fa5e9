import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ClaimBody,
  Interaction,
  InteractionsPage,
  InteractionsQuery,
  RouteByHandBody,
} from '../../schemas/api/interactions.ts';
import { api, path } from './client.ts';

export type InteractionFilter = Pick<InteractionsQuery, 'state' | 'queue' | 'mailbox' | 'search'>;

/** Newest first, page by page. */
export function useInteractions(filter: InteractionFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['interactions', 'list', filter, limit],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<InteractionsPage>('/api/interactions', { signal, query: { ...filter, limit, after: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
}

export function useInteraction(id: string) {
  return useQuery({
    queryKey: ['interactions', 'one', id],
    queryFn: ({ signal }) => api.get<Interaction>(path`/api/interactions/${id}`, { signal }),
  });
}

/** Where the mail can be downloaded, byte for byte as it came. */
export function rawMailUrl(id: string): string {
  return path`/api/interactions/${id}/raw`;
}

export function useClaim() {
  return useInteractionAction((id, body: ClaimBody) =>
    api.post<Interaction>(path`/api/interactions/${id}/claim`, body),
  );
}

export function useRelease() {
  return useInteractionAction((id) => api.post<Interaction>(path`/api/interactions/${id}/release`, {}));
}

export function useFinish() {
  return useInteractionAction((id) => api.post<Interaction>(path`/api/interactions/${id}/finish`, {}));
}

export function useRetry() {
  return useInteractionAction((id) => api.post<Interaction>(path`/api/interactions/${id}/retry`, {}));
}

/** Has the server of a shortened mail asked for the rest of it. */
export function useFetchRest() {
  return useInteractionAction((id) => api.post<Interaction>(path`/api/interactions/${id}/fetch-rest`, {}));
}

export function useRouteByHand() {
  return useInteractionAction((id, body: RouteByHandBody) =>
    api.post<Interaction>(path`/api/interactions/${id}/route`, body),
  );
}

function useInteractionAction<B = Record<string, never>>(call: (id: string, body: B) => Promise<Interaction>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: B }) => call(id, body),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['interactions'] }),
        client.invalidateQueries({ queryKey: ['queues'] }),
      ]),
  });
}
