import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AuditPage } from '../../schemas/api/audit.ts';
import { api } from './client.ts';

export function useAudit(search: string, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['audit', search, limit],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<AuditPage>('/api/audit', { signal, query: { ...(search && { search }), limit, after: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
}
