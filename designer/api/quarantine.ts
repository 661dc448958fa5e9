import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Interaction } from '../../schemas/api/interactions.ts';
import type { SourcePage } from '../../schemas/api/source-page.ts';
import type { Repair } from '../../schemas/repair.ts';
import { api, path } from './client.ts';

/** The source of a mail, piece by piece. */
export function useMailSource(id: string) {
  return useInfiniteQuery({
    queryKey: ['mail-content', 'source', id],
    staleTime: Number.POSITIVE_INFINITY,
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      api.get<SourcePage>(path`/api/interactions/${id}/source`, { signal, query: { from: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
}

export function useRepair() {
  return useChange(
    ({ id, repair }: { id: string; repair: Repair }) =>
      api.post<Interaction>(path`/api/interactions/${id}/repair`, repair),
    ['interactions'],
  );
}

/** The mail's own page is left alone: asking for what is gone would only fail. */
export function useDiscard() {
  return useChange(({ id }: { id: string }) => api.delete(path`/api/interactions/${id}`), ['interactions', 'list']);
}

function useChange<V, R>(call: (variables: V) => Promise<R>, interactions: readonly string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () =>
      Promise.all([interactions, ['queues'], ['ledger']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
