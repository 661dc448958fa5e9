import { modulesSchema } from '../../../schemas/api/flows.ts';
import { everyRole } from '../access.ts';
import { route } from '../route.ts';

export const modulesRoutes = [
  route({
    method: 'get',
    path: '/api/modules',
    summary: 'Published modules: what they take, what they give back, who calls them',
    access: everyRole,
    response: modulesSchema,
    handler: ({ services }) => ({ items: services.flows.modules() }),
  }),
];
