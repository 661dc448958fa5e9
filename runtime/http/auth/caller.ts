import type { Role } from '../../../schemas/settings.ts';

/** Who is calling. `id` is what drafts, claims and versions are signed with. */
export interface Caller {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** How they proved it: only a session can be forged across sites and only a session can be logged out. */
  by: 'session' | 'token';
}
