import { useMutation, useQuery } from '@tanstack/react-query';
import type { System, TestMailBody, TestMailResult } from '../../schemas/api/system.ts';
import { api } from './client.ts';

export const systemKey = ['system'] as const;

export function useSystem() {
  return useQuery({ queryKey: systemKey, queryFn: ({ signal }) => api.get<System>('/api/system', { signal }) });
}

export function useSendTestMail() {
  return useMutation({ mutationFn: (body: TestMailBody) => api.post<TestMailResult>('/api/test-mail', body) });
}
