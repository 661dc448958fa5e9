import { useQuery } from '@tanstack/react-query';
import type { FromAddressView } from '../../schemas/api/from-addresses.ts';
import { api } from './client.ts';

export function useFromAddresses() {
  return useQuery({
    queryKey: ['addresses', 'from'],
    queryFn: ({ signal }) => api.get<{ items: FromAddressView[] }>('/api/from-addresses', { signal }),
  });
}
