import { useQuery } from '@tanstack/react-query';
import type { People } from '../../schemas/api/people.ts';
import { api } from './client.ts';

export function usePeople() {
  return useQuery({
    queryKey: ['people'],
    // Names hardly ever change, and stand in every row.
    staleTime: 60_000,
    queryFn: ({ signal }) => api.get<People>('/api/people', { signal }),
  });
}
