import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { LedgerPage, LedgerQuery } from '../../schemas/api/ledger.ts';
import { api } from './client.ts';

export type LedgerFilter = Pick<LedgerQuery, 'state' | 'mailbox'>;

export function useLedger(filter: LedgerFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['ledger', 'list', filter, limit],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get<LedgerPage>('/api/ledger', { signal, query: { ...filter, limit, after: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
}
