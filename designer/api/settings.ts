import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewToken, TokenBody, TokenView, UserBody, UserChange, UserEntry } from '../../schemas/api/session.ts';
import type { GeneralSettings } from '../../schemas/api/system.ts';
import { api, path } from './client.ts';
import { systemKey } from './system.ts';

export function useGeneralSettings() {
  return useSetting<GeneralSettings>('general', '/api/settings');
}

export function useSaveGeneralSettings() {
  return useSettingChange((body: GeneralSettings) => api.put<GeneralSettings>('/api/settings', body));
}

export function useUsers() {
  return useSetting<{ items: UserEntry[] }>('users', '/api/users');
}

export function useCreateUser() {
  return useSettingChange((body: UserBody) => api.post<UserEntry>('/api/users', body));
}

export function useChangeUser() {
  return useSettingChange(({ id, change }: { id: string; change: UserChange }) =>
    api.patch<UserEntry>(path`/api/users/${id}`, change),
  );
}

export function useDeleteUser() {
  return useSettingChange((id: string) => api.delete(path`/api/users/${id}`));
}

/** Takes back who a user is at a provider. */
export function useUnlinkUser() {
  return useSettingChange(({ id, provider }: { id: string; provider: string }) =>
    api.delete(path`/api/users/${id}/providers/${provider}`),
  );
}

export function useTokens() {
  return useSetting<{ items: TokenView[] }>('tokens', '/api/tokens');
}

export function useCreateToken() {
  return useSettingChange((body: TokenBody) => api.post<NewToken>('/api/tokens', body));
}

export function useDeleteToken() {
  return useSettingChange((id: string) => api.delete(path`/api/tokens/${id}`));
}

function useSetting<T>(name: string, url: string) {
  return useQuery({ queryKey: ['settings', name], queryFn: ({ signal }) => api.get<T>(url, { signal }) });
}

function useSettingChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['settings'] }),
        client.invalidateQueries({ queryKey: systemKey }),
      ]),
  });
}
