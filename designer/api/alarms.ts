import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Alarm, AlarmSettingsBody, AlarmSettingsView, AlarmsPage, WebhookTest } from '../../schemas/api/alarms.ts';
import { api, path } from './client.ts';

export function useAlarms() {
  return useQuery({
    queryKey: ['alarms', 'page'],
    queryFn: ({ signal }) => api.get<AlarmsPage>('/api/alarms', { signal }),
  });
}

export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<Alarm>(path`/api/alarms/${id}/acknowledge`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ['alarms'] }),
  });
}

export function useAlarmSettings() {
  return useQuery({
    queryKey: ['settings', 'alarms'],
    queryFn: ({ signal }) => api.get<AlarmSettingsView>('/api/alarms/settings', { signal }),
  });
}

export function useSaveAlarmSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AlarmSettingsBody) => api.put<AlarmSettingsView>('/api/alarms/settings', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['settings', 'alarms'] }),
  });
}

export function useTestWebhook() {
  return useMutation({ mutationFn: () => api.post<WebhookTest>('/api/alarms/webhook/test', {}) });
}
