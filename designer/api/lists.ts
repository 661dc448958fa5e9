import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListBody, ListChange, Lists, ListView } from '../../schemas/api/lists.ts';
import { api, path } from './client.ts';

const listsKey = ['lists'] as const;

/** All lists without their values. */
export function useLists() {
  return useQuery({
    queryKey: [...listsKey, 'all'],
    queryFn: ({ signal }) => api.get<Lists>('/api/lists', { signal }),
  });
}

export function useList(id: string) {
  return useQuery({
    queryKey: [...listsKey, 'one', id],
    queryFn: ({ signal }) => api.get<ListView>(path`/api/lists/${id}`, { signal }),
  });
}

export function useCreateList() {
  return useChange((body: ListBody) => api.post<ListView>('/api/lists', body));
}

/** A 409 (`list-changed`) means that somebody else changed the values since `revision` was read. */
export function useChangeList(id: string) {
  return useChange((body: ListChange) => api.patch<ListView>(path`/api/lists/${id}`, body));
}

export function useDeleteList() {
  return useChange((id: string) => api.delete(path`/api/lists/${id}`));
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  // Also after a refusal: what somebody else saved meanwhile is then the reason.
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: listsKey }) });
}
