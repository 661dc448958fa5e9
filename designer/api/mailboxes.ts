import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  MailboxBody,
  MailboxChange,
  Mailboxes,
  MailboxRemoved,
  MailboxView,
  MovedLogin,
  VerifyReportView,
} from '../../schemas/api/mailboxes.ts';
import { api, path } from './client.ts';

export function useMailboxes() {
  return useQuery({
    queryKey: ['mailboxes', 'list'],
    queryFn: ({ signal }) => api.get<Mailboxes>('/api/mailboxes', { signal }),
  });
}

export function useCreateMailbox() {
  return useMailboxChange((body: MailboxBody) => api.post<MailboxView>('/api/mailboxes', body));
}

export function useChangeMailbox() {
  return useMailboxChange(({ id, change }: { id: string; change: MailboxChange }) =>
    api.patch<MailboxView>(path`/api/mailboxes/${id}`, change),
  );
}

export function useDeleteMailbox() {
  return useMailboxChange((id: string) => api.delete<MailboxRemoved>(path`/api/mailboxes/${id}`));
}

/** Has the server asked for new mail now; what comes of it shows in the mailbox's status. */
export function useLookForMail() {
  return useMutation({ mutationFn: (id: string) => api.post(path`/api/mailboxes/${id}/look`, {}) });
}

/** Tries the stored settings against the server, step by step; changes nothing. */
export function useVerifyMailbox() {
  return useMutation({
    mutationFn: (id: string) => api.post<VerifyReportView>(path`/api/mailboxes/${id}/verify`, {}),
  });
}

/** Tries settings that are not saved yet; of a saved mailbox with the secrets that are stored. */
export function useVerifyUnsavedMailbox() {
  return useMutation({
    mutationFn: (wanted: { body: MailboxBody } | { id: string; change: MailboxChange }) =>
      'body' in wanted
        ? api.post<VerifyReportView>('/api/mailboxes/verify', wanted.body)
        : api.post<VerifyReportView>(path`/api/mailboxes/${wanted.id}/verify-change`, wanted.change),
  });
}

/** Has a mailbox sign in by an authorisation from now on; the answer says whether it does. */
export function useMoveLogin() {
  return useMailboxChange(({ id, authorisation }: { id: string; authorisation: string }) =>
    api.post<MovedLogin>(path`/api/mailboxes/${id}/move-login`, { authorisation }),
  );
}

function useMailboxChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['mailboxes'] }),
        client.invalidateQueries({ queryKey: ['settings'] }),
      ]),
  });
}
