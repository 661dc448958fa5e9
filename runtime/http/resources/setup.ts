import { sessionSchema, setupBodySchema, setupStatusSchema } from '../../../schemas/api/session.ts';
import { UserError } from '../../../schemas/errors.ts';
import { tokensMatch } from '../auth/secret-tokens.ts';
import { maxStrangersBytes, Reply, route } from '../route.ts';
import { addUser, viewOf } from '../users.ts';

export const setupRoutes = [
  route({
    method: 'get',
    path: '/api/setup',
    summary: 'Whether the first administrator is still to be made',
    access: 'public',
    response: setupStatusSchema,
    handler: ({ services, auth }) => ({
      needed: services.settings.read().users.length === 0,
      codeRequired: auth.setUpCode !== null,
    }),
  }),
  route({
    method: 'post',
    path: '/api/setup',
    summary: 'Make the first administrator and log in',
    access: 'public',
    body: setupBodySchema,
    maxBytes: maxStrangersBytes,
    response: sessionSchema,
    status: 201,
    async handler({ body, services, auth, client }) {
      refuseIfDone(services.settings.read().users.length);
      const succeeded = auth.attempts.begin('first set-up', client.address);
      if (auth.setUpCode !== null && !tokensMatch(body.code ?? '', auth.setUpCode)) {
        throw new UserError('wrong-setup-code', 'The code is not right. It stands in the log of the server.', {
          status: 403,
        });
      }
      succeeded();
      const passwordHash = await auth.passwords.hash(body.password);
      const user = await addUser(services.settings, { ...body, role: 'admin', passwordHash }, (draft) =>
        refuseIfDone(draft.users.length),
      );
      return new Reply({ user: viewOf(user) }, await auth.open(user, client.request));
    },
  }),
];

function refuseIfDone(users: number): void {
  if (users > 0) {
    throw new UserError('already-set-up', 'An administrator exists already. Log in instead.', { status: 409 });
  }
}
