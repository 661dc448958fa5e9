import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '../../schemas/api/conversations.ts';
import { api, path } from './client.ts';

export function useConversation(id: string) {
  return useQuery({
    queryKey: ['interactions', 'conversation', id],
    queryFn: ({ signal }) => api.get<Conversation>(path`/api/interactions/${id}/conversation`, { signal }),
  });
}

export function useMerge() {
  return useChange(({ id, into }: { id: string; into: string }) =>
    api.post<Conversation>(path`/api/interactions/${id}/merge`, { into }),
  );
}

export function useSplit() {
  return useChange(({ id }: { id: string }) => api.post<Conversation>(path`/api/interactions/${id}/split`, {}));
}

function useChange<V>(call: (variables: V) => Promise<Conversation>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () => client.invalidateQueries({ queryKey: ['interactions'] }),
  });
}
