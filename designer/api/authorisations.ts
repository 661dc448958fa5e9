import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AuthorisationBody,
  Authorisations,
  AuthorisationView,
  Discovered,
  SignIn,
  SignInCodeBody,
} from '../../schemas/api/authorisations.ts';
import { api, path } from './client.ts';

const key = ['authorisations'] as const;

export function useAuthorisations() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Authorisations>('/api/authorisations', { signal }),
  });
}

/** Stores a new one where there is no id. Secrets that are left out stay. */
export function useSaveAuthorisation() {
  return useChange(({ id, body }: { id: string | undefined; body: AuthorisationBody }) =>
    id === undefined
      ? api.post<AuthorisationView>('/api/authorisations', body)
      : api.put<AuthorisationView>(path`/api/authorisations/${id}`, body),
  );
}

export function useDeleteAuthorisation() {
  return useChange((id: string) => api.delete(path`/api/authorisations/${id}`));
}

/** Asks the provider for a token now. */
export function useTryAuthorisation() {
  return useChange((id: string) => api.post<AuthorisationView>(path`/api/authorisations/${id}/try`, {}));
}

export function useSignIn() {
  return useMutation({ mutationFn: (id: string) => api.post<SignIn>(path`/api/authorisations/${id}/sign-in`, {}) });
}

export function useFinishSignIn() {
  return useChange((body: SignInCodeBody) => api.post<AuthorisationView>('/api/authorisations/code', body));
}

export function useDiscover() {
  return useMutation({
    mutationFn: (body: { issuer: string; ca?: string }) => api.post<Discovered>('/api/authorisations/discover', body),
  });
}

function useChange<B, R>(mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}
