import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Traffic, TrafficWindow } from '../../schemas/api/traffic.ts';
import { api, path } from './client.ts';

/** A window moves on even while no mail comes. */
const refreshMs = 60_000;

/** How mails went through a version; without one through what is published. Follows live as long as it is wanted. */
export function useTraffic(flow: string, version: number | null, window: TrafficWindow, isWanted: boolean) {
  return useQuery({
    queryKey: ['traffic', flow, version, window],
    enabled: isWanted,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
    queryFn: ({ signal }) =>
      api.get<Traffic>(path`/api/flows/${flow}/traffic`, {
        signal,
        query: { window, ...(version === null ? {} : { version }) },
      }),
  });
}
