import { randomBytes } from 'node:crypto';
import type { UserView } from '../../schemas/api/session.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Settings, User } from '../../schemas/settings.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { freeId } from './free-id.ts';

/** Beyond this the oldest are forgotten. */
const maxDeleted = 10_000;

/**
 * Readable, because it stands beside what somebody claimed or published; random at its end, because drafts and claims outlive a user,
 * and the next one by the same name must not inherit them.
 */
export function newUserId(email: string, draft: Settings): string {
  return `${freeId(email.split('@', 1)[0] ?? '', draft.users, 'user')}-${randomBytes(3).toString('hex')}`;
}

/** Adds a user whose email address is not taken yet; `allow` may refuse by throwing, while nobody else can change the settings. */
export async function addUser(
  settings: SettingsStore,
  entry: Pick<User, 'email' | 'name' | 'role' | 'passwordHash'>,
  allow: (draft: Settings) => void = () => {},
): Promise<User> {
  const { email, name, role, passwordHash } = entry;
  const next = await settings.update((draft) => {
    allow(draft);
    refuseTakenEmail(draft, email);
    const hash = passwordHash === undefined ? {} : { passwordHash };
    draft.users.push({ id: newUserId(email, draft), email, name, role, ...hash });
    draft.deletedUsers = draft.deletedUsers.filter((gone) => gone.email.toLowerCase() !== email.toLowerCase());
  });
  const added = next.users.find((user) => user.email === email);
  if (added === undefined) throw new UserError('user-not-found', 'The user was deleted meanwhile.', { status: 404 });
  return added;
}

/** So that a provider which makes users of whoever comes does not bring them back. */
export function rememberDeleted(draft: Settings, { email, identities = [] }: User): void {
  if (draft.signInProviders.length === 0) return;
  draft.deletedUsers = [...draft.deletedUsers, { email, identities }].slice(-maxDeleted);
}

/** A user as others may see it: without the hash of the password. */
export function viewOf(user: User): UserView {
  return { id: user.id, email: user.email, name: user.name, role: user.role };
}

export function userIn(settings: Settings, id: string): User {
  const user = settings.users.find((candidate) => candidate.id === id);
  if (user === undefined) throw new UserError('user-not-found', `There is no user "${id}".`, { status: 404 });
  return user;
}

export function refuseTakenEmail(settings: Settings, email: string, except?: string): void {
  const taken = settings.users.some((user) => user.id !== except && user.email.toLowerCase() === email.toLowerCase());
  if (taken) throw new UserError('email-taken', `${email} belongs to a user already.`, { status: 409 });
}
