import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { BacktestBody, BacktestEvent, BacktestMail, Unrecorded } from '../../schemas/api/backtest.ts';
import type { InteractionSummary, InteractionsPage } from '../../schemas/api/interactions.ts';
import { api, path, postForLines } from './client.ts';

/** What happens in a backtest, as it happens. */
export function backtestEvents(flow: string, body: BacktestBody, signal: AbortSignal): AsyncGenerator<BacktestEvent> {
  return postForLines<BacktestEvent>(path`/api/flows/${flow}/backtest`, body, signal);
}

const mailsAtOnce = 25;

/** Mails by their ids, a page at a time, in the order of the ids. `key` names the list: ids of 10,000 mails are no key. */
export function useMailsOf(key: string, ids: readonly string[]) {
  return useInfiniteQuery({
    queryKey: ['backtest', 'mails', key, ids.length],
    placeholderData: keepPreviousData,
    initialPageParam: 0,
    queryFn: async ({ signal, pageParam }): Promise<InteractionSummary[]> => {
      const wanted = ids.slice(pageParam, pageParam + mailsAtOnce);
      if (wanted.length === 0) return [];
      const query = { ids: wanted.join(','), limit: mailsAtOnce };
      const { items } = await api.get<InteractionsPage>('/api/interactions', { signal, query });
      const byId = new Map(items.map((item) => [item.id, item]));
      return wanted.flatMap((id) => byId.get(id) ?? []);
    },
    getNextPageParam: (_last, pages) => (pages.length * mailsAtOnce < ids.length ? pages.length * mailsAtOnce : null),
  });
}

interface BothRuns {
  flow: string;
  interaction: string;
  document: Record<string, unknown>;
  unrecorded: Unrecorded;
  /** Names the backtest, since a document is no key either. */
  key: string;
}

/** Both runs on one mail. */
export function useBothRuns({ flow, interaction, document, unrecorded, key }: BothRuns) {
  return useQuery({
    queryKey: ['backtest', 'runs', key, interaction],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => api.post<BacktestMail>(path`/api/flows/${flow}/backtest/${interaction}`, { document, unrecorded }),
  });
}
