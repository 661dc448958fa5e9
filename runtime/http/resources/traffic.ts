import { trafficQuerySchema, trafficSchema } from '../../../schemas/api/traffic.ts';
import { closed } from '../../../schemas/closed.ts';
import { UserError } from '../../../schemas/errors.ts';
import { flowIdSchema } from '../../../schemas/ids.ts';
import { everyRole } from '../access.ts';
import { route } from '../route.ts';

export const trafficRoutes = [
  route({
    method: 'get',
    path: '/api/flows/:id/traffic',
    summary: 'How many mails took each way through a published version in the last hour, day or week',
    access: everyRole,
    params: closed({ id: flowIdSchema }),
    query: trafficQuerySchema,
    response: trafficSchema,
    handler({ params, query, services }) {
      const version = query.version ?? services.flows.published(params.id)?.version;
      if (version === undefined) {
        throw new UserError('flow-not-found', `There is no published flow "${params.id}".`, { status: 404 });
      }
      return services.traffic.read(params.id, version, query.window ?? 'day');
    },
  }),
];
