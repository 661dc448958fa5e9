import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FromAddressBody, FromAddressChange, FromAddressView } from '../../schemas/api/from-addresses.ts';
import { api, path } from './client.ts';
import { addressKeys } from './routes.ts';

export function useFromAddresses() {
  return useQuery({
    queryKey: addressKeys.fromAddresses,
    queryFn: ({ signal }) => api.get<{ items: FromAddressView[] }>('/api/from-addresses', { signal }),
  });
}

export function useCreateFromAddress() {
  return useChange((body: FromAddressBody) => api.post<FromAddressView>('/api/from-addresses', body));
}

export function useChangeFromAddress() {
  return useChange(({ id, change }: { id: string; change: FromAddressChange }) =>
    api.patch<FromAddressView>(path`/api/from-addresses/${id}`, change),
  );
}

export function useDeleteFromAddress() {
  return useChange((id: string) => api.delete(path`/api/from-addresses/${id}`));
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: addressKeys.all }) });
}
