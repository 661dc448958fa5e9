import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview, PreviewBody } from '../../schemas/api/preview.ts';
import { api, path } from './client.ts';

/** Templates filled from a mail. While others are asked for, the former text stays. */
export function usePreview(flow: string, body: PreviewBody) {
  return useQuery({
    queryKey: ['preview', flow, body],
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: () => api.post<Preview>(path`/api/flows/${flow}/preview`, body),
  });
}
