import { randomBytes } from 'node:crypto';
import type { UserView } from '../../../schemas/api/session.ts';
import { userBodySchema, userChangeSchema, usersSchema, userViewSchema } from '../../../schemas/api/session.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Settings, User } from '../../../schemas/settings.ts';
import type { SettingsStore } from '../../settings/settings.ts';
import { administrators } from '../access.ts';
import { freeId } from '../free-id.ts';
import { noContent, route } from '../route.ts';

export const usersRoutes = [
  route({
    method: 'get',
    path: '/api/users',
    summary: 'All users',
    access: administrators,
    response: usersSchema,
    handler: ({ services }) => ({ items: services.settings.read().users.map(viewOf) }),
  }),
  route({
    method: 'post',
    path: '/api/users',
    summary: 'Add a user',
    access: administrators,
    body: userBodySchema,
    response: userViewSchema,
    status: 201,
    async handler({ body, services, auth }) {
      const passwordHash = await auth.passwords.hash(body.password);
      return viewOf(await addUser(services.settings, { ...body, passwordHash }));
    },
  }),
  route({
    method: 'patch',
    path: '/api/users/:id',
    summary: 'Change a user; a new password ends their sessions',
    access: administrators,
    body: userChangeSchema,
    response: userViewSchema,
    async handler({ params, body, services, auth }) {
      const { password, ...changes } = body;
      const passwordHash = password === undefined ? undefined : await auth.passwords.hash(password);
      const settings = await services.settings.update((draft) => {
        const user = userIn(draft, params.id);
        if (changes.email !== undefined) refuseTakenEmail(draft, changes.email, user.id);
        Object.assign(user, changes, passwordHash === undefined ? {} : { passwordHash });
        refuseWithoutAdministrator(draft);
      });
      if (password !== undefined) await auth.sessions.endAllOf(params.id);
      return viewOf(userIn(settings, params.id));
    },
  }),
  route({
    method: 'delete',
    path: '/api/users/:id',
    summary: 'Delete a user; their sessions end',
    access: administrators,
    response: noContent,
    async handler({ params, services, auth }) {
      await services.settings.update((draft) => {
        const user = userIn(draft, params.id);
        draft.users.splice(draft.users.indexOf(user), 1);
        refuseWithoutAdministrator(draft);
      });
      await auth.sessions.endAllOf(params.id);
    },
  }),
];

/**
 * Readable, because it stands beside what somebody claimed or published; random at its end, because drafts and claims outlive a user,
 * and the next one by the same name must not inherit them.
 */
function newUserId(email: string, draft: Settings): string {
  return `${freeId(email.split('@', 1)[0] ?? '', draft.users, 'user')}-${randomBytes(3).toString('hex')}`;
}

/** Adds a user whose email address is not taken yet; `allow` may refuse by throwing, while nobody else can change the settings. */
export async function addUser(
  settings: SettingsStore,
  entry: Omit<User, 'id'>,
  allow: (draft: Settings) => void = () => {},
): Promise<User> {
  const { email, name, role, passwordHash } = entry;
  const next = await settings.update((draft) => {
    allow(draft);
    refuseTakenEmail(draft, email);
    draft.users.push({
      id: newUserId(email, draft),
      email,
      name,
      role,
      passwordHash,
    });
  });
  const added = next.users.find((user) => user.email === email);
  if (added === undefined) throw new UserError('user-not-found', 'The user was deleted meanwhile.', { status: 404 });
  return added;
}

/** A user as others may see it: without the hash of the password. */
export function viewOf(user: User): UserView {
  return { id: user.id, email: user.email, name: user.name, role: user.role };
}

function userIn(settings: Settings, id: string): User {
  const user = settings.users.find((candidate) => candidate.id === id);
  if (user === undefined) throw new UserError('user-not-found', `There is no user "${id}".`, { status: 404 });
  return user;
}

function refuseTakenEmail(settings: Settings, email: string, except?: string): void {
  const taken = settings.users.some((user) => user.id !== except && user.email.toLowerCase() === email.toLowerCase());
  if (taken) throw new UserError('email-taken', `${email} belongs to a user already.`, { status: 409 });
}

function refuseWithoutAdministrator(settings: Settings): void {
  if (settings.users.some((user) => user.role === 'admin')) return;
  const message = 'This is the last administrator. Make another one first.';
  throw new UserError('last-administrator', message, { status: 409 });
}
