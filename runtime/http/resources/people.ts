import { peopleSchema } from '../../../schemas/api/people.ts';
import { everyRole } from '../access.ts';
import { adminTokenCaller, tokenCallerId } from '../auth/caller.ts';
import { route } from '../route.ts';

export const peopleRoutes = [
  route({
    method: 'get',
    path: '/api/people',
    summary: 'Names for the ids of those who claim, answer and change',
    access: everyRole,
    response: peopleSchema,
    handler({ services }) {
      const { users, tokens } = services.settings.read();
      return {
        items: [
          ...users.map(({ id, name }) => ({ id, name })),
          ...tokens.map((token) => ({ id: tokenCallerId(token.id), name: token.name })),
          { id: adminTokenCaller.id, name: adminTokenCaller.name },
        ],
      };
    },
  }),
];
