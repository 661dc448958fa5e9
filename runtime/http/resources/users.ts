import type { UserEntry } from '../../../schemas/api/session.ts';
import { userBodySchema, userChangeSchema, userEntrySchema, usersSchema } from '../../../schemas/api/session.ts';
import type { Settings, User } from '../../../schemas/settings.ts';
import { keepingAdministrator } from '../../sign-in/ways-in.ts';
import { administrators } from '../access.ts';
import { noContent, route } from '../route.ts';
import { addUser, refuseTakenEmail, rememberDeleted, userIn, viewOf } from '../users.ts';

export const usersRoutes = [
  route({
    method: 'get',
    path: '/api/users',
    summary: 'All users',
    access: administrators,
    response: usersSchema,
    handler({ services }) {
      const settings = services.settings.read();
      return { items: settings.users.map((user) => entryOf(user, settings)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/users',
    summary: 'Add a user',
    access: administrators,
    body: userBodySchema,
    response: userEntrySchema,
    status: 201,
    async handler({ body: { password, ...entry }, services, auth }) {
      const hash = password === undefined ? {} : { passwordHash: await auth.passwords.hash(password) };
      return entryOf(await addUser(services.settings, { ...entry, ...hash }), services.settings.read());
    },
  }),
  route({
    method: 'patch',
    path: '/api/users/:id',
    summary: 'Change a user; a new password ends their sessions, and so does disabling them',
    access: administrators,
    body: userChangeSchema,
    response: userEntrySchema,
    async handler({ params, body, services, auth }) {
      const { password, ...changes } = body;
      const passwordHash = typeof password === 'string' ? await auth.passwords.hash(password) : undefined;
      const settings = await services.settings.update((draft) => {
        const user = userIn(draft, params.id);
        if (changes.email !== undefined) refuseTakenEmail(draft, changes.email, user.id);
        keepingAdministrator(draft, () => {
          Object.assign(user, changes, passwordHash === undefined ? {} : { passwordHash });
          if (password === null) delete user.passwordHash;
        });
      });
      if (password !== undefined || changes.disabled) await auth.sessions.endAllOf(params.id);
      return entryOf(userIn(settings, params.id), settings);
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
        keepingAdministrator(draft, () => {
          draft.users.splice(draft.users.indexOf(user), 1);
          rememberDeleted(draft, user);
        });
      });
      await auth.sessions.endAllOf(params.id);
    },
  }),
  route({
    method: 'delete',
    path: '/api/users/:id/providers/:provider',
    summary: 'Take back who a user is at a provider; whoever signs in there next with their address is linked anew',
    access: administrators,
    response: noContent,
    async handler({ params, services, auth }) {
      await services.settings.update((draft) => {
        const user = userIn(draft, params.id);
        const issuer = draft.signInProviders.find(({ id }) => id === params.provider)?.issuer;
        keepingAdministrator(draft, () => {
          user.identities = (user.identities ?? []).filter((each) => each.issuer !== issuer);
        });
      });
      await auth.sessions.endAllOf(params.id);
    },
  }),
];

function entryOf(user: User, { signInProviders }: Settings): UserEntry {
  const identities = user.identities ?? [];
  return {
    ...viewOf(user),
    disabled: user.disabled ?? false,
    hasPassword: user.passwordHash !== undefined,
    providers: signInProviders.flatMap(({ id, name, issuer, roleClaim }) =>
      identities
        .filter((each) => each.issuer === issuer)
        .map(({ since }) => ({ id, name, since, decidesRole: roleClaim !== undefined })),
    ),
  };
}
