import { loginBodySchema, sessionSchema } from '../../../schemas/api/session.ts';
import { UserError } from '../../../schemas/errors.ts';
import { everyRole } from '../access.ts';
import { maxStrangersBytes, noContent, Reply, route } from '../route.ts';
import { viewOf } from './users.ts';

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
      const succeeded = auth.attempts.begin(body.email, client.address);
      const email = body.email.toLowerCase();
      const user = services.settings.read().users.find((candidate) => candidate.email.toLowerCase() === email);
      const right = await auth.passwords.verify(user?.passwordHash ?? null, body.password);
      if (!right || user === undefined) {
        throw new UserError('wrong-login', 'The email address or the password is not right.', { status: 401 });
      }
      succeeded();
      return new Reply({ user: viewOf(user) }, await auth.open(user, client.request));
    },
  }),
  route({
    method: 'delete',
    path: '/api/session',
    summary: 'Log out',
    isReading: true,
    access: 'public',
    response: noContent,
    handler: async ({ auth, client }) => new Reply(null, await auth.close(client.request)),
  }),
];
