import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { VerifyReportView } from '../../schemas/api/mailboxes.ts';
import type {
  OutboundMailboxBody,
  OutboundMailboxChange,
  OutboundMailboxView,
  OutboundTestBody,
  OutboundTestResult,
} from '../../schemas/api/outbound-mailboxes.ts';
import { api, path } from './client.ts';
import { systemKey } from './system.ts';

/** Under the topic `outbox`: what waits for a mailbox changes with every mail. */
const listKey = ['outbox', 'mailboxes'] as const;

export function useOutboundMailboxes() {
  return useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) => api.get<{ items: OutboundMailboxView[] }>('/api/outbound-mailboxes', { signal }),
  });
}

export function useCreateOutbound() {
  return useOutboundChange((body: OutboundMailboxBody) =>
    api.post<OutboundMailboxView>('/api/outbound-mailboxes', body),
  );
}

export function useChangeOutbound() {
  return useOutboundChange(({ id, change }: { id: string; change: OutboundMailboxChange }) =>
    api.patch<OutboundMailboxView>(path`/api/outbound-mailboxes/${id}`, change),
  );
}

export function useDeleteOutbound() {
  return useOutboundChange((id: string) => api.delete(path`/api/outbound-mailboxes/${id}`));
}

/** Tries all that waits for it now. */
export function useRetryOutbound() {
  return useOutboundChange((id: string) => api.post<unknown>(path`/api/outbound-mailboxes/${id}/retry`, {}));
}

/** Tries the stored settings against the server, step by step; sends nothing. */
export function useVerifyOutbound() {
  return useMutation({
    mutationFn: (id: string) => api.post<VerifyReportView>(path`/api/outbound-mailboxes/${id}/verify`, {}),
  });
}

/** Tries settings that are not saved yet. */
export function useVerifyUnsavedOutbound() {
  return useMutation({
    mutationFn: (body: OutboundMailboxBody) => api.post<VerifyReportView>('/api/outbound-mailboxes/verify', body),
  });
}

export function useTestOutbound(id: string) {
  return useMutation({
    mutationFn: (body: OutboundTestBody) =>
      api.post<OutboundTestResult>(path`/api/outbound-mailboxes/${id}/test`, body),
  });
}

function useOutboundChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['outbox'] }),
        client.invalidateQueries({ queryKey: systemKey }),
      ]),
  });
}
