import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ScheduleBody, ScheduleChange, Schedules, ScheduleView } from '../../schemas/api/schedules.ts';
import { api, path } from './client.ts';

const schedulesKey = ['schedules'] as const;

export function useSchedules() {
  return useQuery({
    queryKey: schedulesKey,
    queryFn: ({ signal }) => api.get<Schedules>('/api/schedules', { signal }),
  });
}

export function useCreateSchedule() {
  return useChange((body: ScheduleBody) => api.post<ScheduleView>('/api/schedules', body));
}

export function useChangeSchedule(id: string) {
  return useChange((body: ScheduleChange) => api.patch<ScheduleView>(path`/api/schedules/${id}`, body));
}

export function useDeleteSchedule() {
  return useChange((id: string) => api.delete(path`/api/schedules/${id}`));
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: schedulesKey }) });
}
