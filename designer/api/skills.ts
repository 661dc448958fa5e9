import { useQuery } from '@tanstack/react-query';
import type { SkillsView } from '../../schemas/api/skills.ts';
import { api } from './client.ts';

/** Skills that published flows ask for. Below the key of flows: publishing makes and removes them. */
export function useSkills() {
  return useQuery({
    queryKey: ['flows', 'skills'],
    queryFn: ({ signal }) => api.get<SkillsView>('/api/skills', { signal }),
  });
}
