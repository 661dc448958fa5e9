import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LoginBody, Session, SetupBody, SetupStatus, SignedOut, UserView } from '../../schemas/api/session.ts';
import type { SignInBegun, SignInWays } from '../../schemas/api/sign-in.ts';
import type { Role } from '../../schemas/role.ts';
import { ApiError, api, path } from './client.ts';

export const sessionKey = ['session'] as const;
const setupKey = ['setup'] as const;

/** Null while nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return await api.get<Session>('/api/session', { signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export function useSetupStatus(enabled: boolean) {
  return useQuery({
    queryKey: setupKey,
    enabled,
    queryFn: ({ signal }) => api.get<SetupStatus>('/api/setup', { signal }),
  });
}

export function useSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SetupBody) => api.post<Session>('/api/setup', body),
    onSuccess: (session) => {
      client.setQueryData(setupKey, { needed: false, codeRequired: false } satisfies SetupStatus);
      begin(client, session);
    },
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: LoginBody) => api.post<Session>('/api/session', body),
    onSuccess: (session) => begin(client, session),
  });
}

/** What the sign-in page offers. */
export function useSignInWays(enabled: boolean) {
  return useQuery({
    queryKey: ['sign-in-ways'],
    enabled,
    queryFn: ({ signal }) => api.get<SignInWays>('/api/sign-in', { signal }),
  });
}

/** Leads to the provider; the browser comes back to the page at `to`. */
export function useBeginSignIn() {
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; to: string; anotherAccount: boolean }) =>
      api.post<SignInBegun>(path`/api/sign-in/${id}`, body),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<SignedOut>('/api/session'),
    onSuccess: ({ leaveUrl }) => {
      // The page is left, so nothing of it has to be drawn anew.
      if (leaveUrl !== null) window.location.assign(leaveUrl);
      else client.setQueryData(sessionKey, null);
    },
  });
}

/** What one person was shown must not be there for the next. */
function begin(client: QueryClient, session: Session): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] && queryKey[0] !== setupKey[0] });
  client.setQueryData(sessionKey, session);
}

/** The person who is signed in. Pages are only drawn with one. */
export function useUser(): UserView {
  const { data } = useSession();
  if (!data) throw new Error('A page was drawn without a session');
  return data.user;
}

/**
 * What roles may do; the server is what holds it, pages only spare people a refusal.
 * `settings`: mailboxes, users and all other settings. `draw`: change and publish flows. `handle`: claim, finish, retry, send test mails.
 */
export type Ability = 'settings' | 'draw' | 'handle';

const abilities: Record<Role, readonly Ability[]> = {
  admin: ['settings', 'draw', 'handle'],
  designer: ['draw', 'handle'],
  agent: ['handle'],
  viewer: [],
};

export function useMay(ability: Ability): boolean {
  return abilities[useUser().role].includes(ability);
}
