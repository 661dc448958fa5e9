import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MailboxTruth, Reconciliations, ReconciliationView } from '../../schemas/api/mailbox-truth.ts';
import { api, path } from './client.ts';

export function useMailboxTruth(mailbox: string) {
  return useQuery({
    queryKey: ['mailboxes', 'truth', mailbox],
    queryFn: ({ signal }) => api.get<MailboxTruth>(path`/api/mailboxes/${mailbox}/truth`, { signal }),
  });
}

export function useReconciliations(mailbox: string) {
  return useQuery({
    queryKey: ['mailboxes', 'reconciliations', mailbox],
    queryFn: ({ signal }) => api.get<Reconciliations>(path`/api/mailboxes/${mailbox}/reconciliations`, { signal }),
  });
}

export function useCompare(mailbox: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<ReconciliationView>(path`/api/mailboxes/${mailbox}/reconciliations`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['mailboxes', 'reconciliations', mailbox] }),
  });
}
