import { loginBodySchema, sessionSchema, signedOutSchema } from '../../../schemas/api/session.ts';
import { UserError } from '../../../schemas/errors.ts';
import { everyRole } from '../access.ts';
import type { CameBy } from '../auth/sessions.ts';
import { maxStrangersBytes, Reply, route } from '../route.ts';
import type { Services } from '../services.ts';
import { viewOf } from '../users.ts';

export const sessionRoutes = [
  route({
    method: 'get',
    path: '/api/session',
    summary: 'Who is logged in',
    access: everyRole,
    response: sessionSchema,
    handler: ({ caller }) => ({ user: { id: caller.id, email: caller.email, name: caller.name, role: caller.role } }),
  }),
  route({
    method: 'post',
    path: '/api/session',
    summary: 'Log in; the answer sets the session cookie',
    isReading: true,
    access: 'public',
    body: loginBodySchema,
    maxBytes: maxStrangersBytes,
    response: sessionSchema,
    async handler({ body, services, auth, client }) {
      if (!services.settings.read().localSignIn) {
        const message = 'Passwords are turned off here. Sign in by a provider.';
        throw new UserError('passwords-off', message, { status: 403 });
      }
      const succeeded = auth.attempts.begin(body.email, client.address);
      const user = auth.userByEmail(body.email);
      const right = await auth.passwords.verify(user?.passwordHash ?? null, body.password);
      if (!right || user === undefined || user.disabled) {
        auth.signInLog.refused(user, client.address);
        throw new UserError('wrong-login', 'The email address or the password is not right.', { status: 401 });
      }
      succeeded();
      await auth.signInLog.succeeded(user, client.address);
      return new Reply({ user: viewOf(user) }, await auth.open(user, client.request));
    },
  }),
  route({
    method: 'delete',
    path: '/api/session',
    summary: 'Log out',
    isReading: true,
    access: 'public',
    response: signedOutSchema,
    async handler({ services, auth, client }) {
      const { headers, by } = await auth.close(client.request);
      return new Reply({ leaveUrl: by === null ? null : openedLeaveUrl(by, services) }, headers);
    },
  }),
];

/** The provider may have been changed since; what cannot be opened any more ends only here. */
function openedLeaveUrl({ provider: id, leaveUrl }: CameBy, { settings }: Services): string | null {
  const provider = settings.read().signInProviders.find((each) => each.id === id);
  if (leaveUrl === null || !provider?.enabled || !provider.signsOutThere) return null;
  try {
    return settings.open(leaveUrl);
  } catch {
    return null;
  }
}
