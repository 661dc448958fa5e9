import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExplainBody, Explanation, RouteBody, RouteChange, Routes, RouteView } from '../../schemas/api/routes.ts';
import type { Routing } from '../../schemas/route.ts';
import { api, path } from './client.ts';

/** One tree: domains, from addresses and routes judge each other. */
export const addressKeys = {
  all: ['addresses'],
  routes: ['addresses', 'routes'],
  domains: ['addresses', 'domains'],
  fromAddresses: ['addresses', 'from'],
} as const;

export function useRoutes() {
  return useQuery({
    queryKey: addressKeys.routes,
    queryFn: ({ signal }) => api.get<Routes>('/api/routes', { signal }),
  });
}

/** Which route the address would take; nothing is asked while it is empty. */
export function useExplanation(body: ExplainBody) {
  return useQuery({
    queryKey: [...addressKeys.routes, 'explain', body],
    enabled: body.address !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.post<Explanation>('/api/routes/explain', body, { signal }),
  });
}

export function useCreateRoute() {
  return useChange((body: RouteBody) => api.post<RouteView>('/api/routes', body));
}

export function useChangeRoute() {
  return useChange(({ id, change }: { id: string; change: RouteChange }) =>
    api.patch<RouteView>(path`/api/routes/${id}`, change),
  );
}

export function useDeleteRoute() {
  return useChange((id: string) => api.delete(path`/api/routes/${id}`));
}

export function useMoveRoutes() {
  return useChange((ids: string[]) => api.put<Routes>('/api/routes/order', { ids }));
}

export function useSetDestinations() {
  return useChange((destinations: Routing['destinations']) =>
    api.put<Routes>('/api/routes/destinations', { destinations }),
  );
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: addressKeys.all }) });
}
