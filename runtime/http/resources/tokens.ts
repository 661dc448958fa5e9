import { newTokenSchema, tokenBodySchema, tokensSchema } from '../../../schemas/api/session.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Token } from '../../../schemas/settings.ts';
import { administrators } from '../access.ts';
import { createSecretToken, hashToken } from '../auth/secret-tokens.ts';
import { freeId } from '../free-id.ts';
import { noContent, route } from '../route.ts';

export const tokensRoutes = [
  route({
    method: 'get',
    path: '/api/tokens',
    summary: 'Bearer tokens for scripts, without the tokens themselves',
    access: administrators,
    response: tokensSchema,
    handler: ({ services }) => ({ items: services.settings.read().tokens.map(viewOf) }),
  }),
  route({
    method: 'post',
    path: '/api/tokens',
    summary: 'Make a bearer token; this answer is the only one that shows it',
    access: administrators,
    body: tokenBodySchema,
    response: newTokenSchema,
    status: 201,
    async handler({ body, caller, services }) {
      const token = `sluice_${createSecretToken()}`;
      const entry = {
        ...body,
        id: '',
        hash: hashToken(token),
        createdAt: new Date(services.clock.now()).toISOString(),
        createdBy: caller.id,
      };
      await services.settings.update((draft) => {
        entry.id = freeId(body.name, draft.tokens, 'token');
        draft.tokens.push(entry);
      });
      return { token, ...viewOf(entry) };
    },
  }),
  route({
    method: 'delete',
    path: '/api/tokens/:id',
    summary: 'Delete a bearer token; it stops working at once',
    access: administrators,
    response: noContent,
    async handler({ params, services }) {
      await services.settings.update((draft) => {
        const index = draft.tokens.findIndex((token) => token.id === params.id);
        if (index < 0) throw new UserError('token-not-found', `There is no token "${params.id}".`, { status: 404 });
        draft.tokens.splice(index, 1);
      });
    },
  }),
];

function viewOf({ hash: _, ...token }: Token) {
  return token;
}
