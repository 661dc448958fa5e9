import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FilterTryBody, FilterTryResult, GeneralFilters } from '../../schemas/api/filters.ts';
import type { Interaction } from '../../schemas/api/interactions.ts';
import type { FilterRules } from '../../schemas/filters.ts';
import { api, path } from './client.ts';

export function useGeneralFilters() {
  return useQuery({
    queryKey: ['settings', 'filters'],
    queryFn: ({ signal }) => api.get<GeneralFilters>('/api/filters', { signal }),
  });
}

export function useSaveGeneralFilters() {
  return useFilterChange((body: GeneralFilters) => api.put<GeneralFilters>('/api/filters', body));
}

export function useMailboxFilters(mailbox: string) {
  return useQuery({
    queryKey: ['settings', 'filters', mailbox],
    queryFn: ({ signal }) => api.get<FilterRules>(path`/api/mailboxes/${mailbox}/filters`, { signal }),
  });
}

export function useSaveMailboxFilters(mailbox: string) {
  return useFilterChange((rules: FilterRules) => api.put<FilterRules>(path`/api/mailboxes/${mailbox}/filters`, rules));
}

/** Whether a mail would pass, by rules that need not be saved. */
export function useTryFilters(mailbox: string) {
  return useMutation({
    mutationFn: (body: FilterTryBody) => api.post<FilterTryResult>(path`/api/mailboxes/${mailbox}/filters/try`, body),
  });
}

interface LetThrough {
  id: string;
  /** Put the sender on the mailbox's allow list first. */
  allow?: { mailbox: string; sender: string };
}

/** Runs the flow on a mail that a filter stopped. */
export function useLetThrough() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, allow }: LetThrough) => {
      if (allow) await api.post(path`/api/mailboxes/${allow.mailbox}/filters/allow`, { sender: allow.sender });
      return await api.post<Interaction>(path`/api/interactions/${id}/let-through`, {});
    },
    onSettled: () =>
      Promise.all(
        ['interactions', 'ledger', 'settings'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      ),
  });
}

function useFilterChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: ['settings', 'filters'] }),
  });
}
