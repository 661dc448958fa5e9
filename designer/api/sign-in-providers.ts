import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ProviderCheck,
  SignInProviderBody,
  SignInProviders,
  SignInProviderView,
} from '../../schemas/api/sign-in.ts';
import { api, path } from './client.ts';

const key = ['sign-in-providers'] as const;

export function useSignInProviders() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<SignInProviders>('/api/sign-in-providers', { signal }),
  });
}

/** Stores a new one where there is no id. A secret that is left out stays. */
export function useSaveSignInProvider() {
  return useChange(({ id, body }: { id: string | undefined; body: SignInProviderBody }) =>
    id === undefined
      ? api.post<SignInProviderView>('/api/sign-in-providers', body)
      : api.put<SignInProviderView>(path`/api/sign-in-providers/${id}`, body),
  );
}

export function useDeleteSignInProvider() {
  return useChange((id: string) => api.delete(path`/api/sign-in-providers/${id}`));
}

/** Whether people may sign in with a password of Sluice. */
export function useSetLocalSignIn() {
  return useChange((local: boolean) => api.put<{ local: boolean }>('/api/sign-in', { local }));
}

/** Reads what a provider says of itself. */
export function useCheckProvider() {
  return useMutation({
    mutationFn: (body: { issuer: string; ca?: string }) =>
      api.post<ProviderCheck>('/api/sign-in-providers/check', body),
  });
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}
