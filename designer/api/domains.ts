import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DomainBody, DomainChange, DomainView } from '../../schemas/api/domains.ts';
import { api, path } from './client.ts';
import { addressKeys } from './routes.ts';
import { systemKey } from './system.ts';

export function useDomains() {
  return useQuery({
    queryKey: addressKeys.domains,
    queryFn: ({ signal }) => api.get<{ items: DomainView[] }>('/api/domains', { signal }),
  });
}

export function useCreateDomain() {
  return useChange((body: DomainBody) => api.post<DomainView>('/api/domains', body));
}

export function useChangeDomain() {
  return useChange(({ id, change }: { id: string; change: DomainChange }) =>
    api.patch<DomainView>(path`/api/domains/${id}`, change),
  );
}

export function useDeleteDomain() {
  return useChange((id: string) => api.delete(path`/api/domains/${id}`));
}

export function useCheckDomain() {
  return useChange((id: string) => api.post<DomainView>(path`/api/domains/${id}/check`));
}

export function useAddDkimKey() {
  return useChange((id: string) => api.post<DomainView>(path`/api/domains/${id}/dkim`));
}

export function useDeleteDkimKey() {
  return useChange(({ id, selector }: { id: string; selector: string }) =>
    api.delete<DomainView>(path`/api/domains/${id}/dkim/${selector}`),
  );
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: addressKeys.all }),
        client.invalidateQueries({ queryKey: systemKey }),
      ]),
  });
}
