import type { Role } from '../../../schemas/role.ts';

/** Who is calling. `id` is what drafts, claims and versions are signed with. */
export interface Caller {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** How they proved it: only a session can be forged across sites and only a session can be logged out. */
  by: 'session' | 'token';
}

export const adminTokenCaller: Caller = {
  id: 'admin-token',
  name: 'Administration token',
  email: '',
  role: 'admin',
  by: 'token',
};

/** As what somebody with the token of that id signs. */
export function tokenCallerId(id: string): string {
  return `token-${id}`.slice(0, 64);
}
