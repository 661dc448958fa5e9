import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RetentionBody, RetentionPreview, RetentionRun, RetentionView } from '../../schemas/api/retention.ts';
import type { RetentionRules } from '../../schemas/retention.ts';
import { api } from './client.ts';

const key = ['settings', 'retention'] as const;

/** While a run is under way its counts are followed. */
export function useRetention() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<RetentionView>('/api/retention', { signal }),
    refetchInterval: ({ state }) => (state.data?.runs[0]?.state === 'running' ? 1_000 : false),
  });
}

export function useSaveRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RetentionBody) => api.put<RetentionView>('/api/retention', body),
    onSuccess: (view) => client.setQueryData(key, view),
  });
}

/** What such rules would remove now. */
export function usePreviewRetention() {
  return useMutation({
    mutationFn: (rules: RetentionRules) => api.post<RetentionPreview>('/api/retention/preview', { rules }),
  });
}

export function useRunRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<RetentionRun>('/api/retention/run', {}),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
