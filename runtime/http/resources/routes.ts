import {
  explainBodySchema,
  explanationSchema,
  routeBodySchema,
  routeChangeSchema,
  routeOrderSchema,
  routeResultSchema,
  routesBodySchema,
  routesSchema,
} from '../../../schemas/api/routes.ts';
import { routingSchema } from '../../../schemas/route.ts';
import { administrators, designers, everyRole } from '../access.ts';
import { noContent, route } from '../route.ts';
import {
  addRoute,
  changeRoute,
  explain,
  listRoutes,
  moveRoutes,
  removeRoute,
  replaceRoutes,
  viewRoute,
} from '../route-settings.ts';

export const routesRoutes = [
  route({
    method: 'get',
    path: '/api/routes',
    summary: 'Which mail goes where, in the order of the list, with what is wrong with each',
    access: everyRole,
    response: routesSchema,
    handler: ({ services }) => listRoutes(services),
  }),
  route({
    method: 'put',
    path: '/api/routes',
    summary: 'Replace all routes at once; a mailbox that a new route names is switched on',
    access: designers,
    body: routesBodySchema,
    response: routesSchema,
    async handler({ body, services }) {
      await replaceRoutes(
        services,
        body.items.map(({ problems: _, ...entry }) => entry),
      );
      return listRoutes(services);
    },
  }),
  route({
    method: 'post',
    path: '/api/routes',
    summary: 'Add a route at the end of the list',
    access: designers,
    body: routeBodySchema,
    response: routeResultSchema,
    status: 201,
    handler: async ({ body, services }) => viewRoute(services, await addRoute(services, body)),
  }),
  route({
    method: 'post',
    path: '/api/routes/explain',
    summary: 'Which route an address would take, and why',
    isReading: true,
    access: everyRole,
    body: explainBodySchema,
    response: explanationSchema,
    handler: ({ body, services }) => explain(services, body),
  }),
  route({
    method: 'put',
    path: '/api/routes/order',
    summary: 'Put the routes into another order',
    access: designers,
    body: routeOrderSchema,
    response: routesSchema,
    async handler({ body, services }) {
      await moveRoutes(services, body.ids);
      return listRoutes(services);
    },
  }),
  route({
    method: 'put',
    path: '/api/routes/destinations',
    summary: 'Whether a mail to several of our addresses takes one route, or each of them',
    access: administrators,
    body: routingSchema,
    response: routesSchema,
    async handler({ body, services }) {
      await services.settings.update((draft) => {
        draft.routing = body;
      });
      return listRoutes(services);
    },
  }),
  route({
    method: 'patch',
    path: '/api/routes/:id',
    summary: 'Change a route; null takes a setting away',
    access: designers,
    body: routeChangeSchema,
    response: routeResultSchema,
    async handler({ params: { id }, body, services }) {
      await changeRoute(services, id, body);
      return viewRoute(services, id);
    },
  }),
  route({
    method: 'delete',
    path: '/api/routes/:id',
    summary: 'Delete a route that no other route names for answers',
    access: designers,
    response: noContent,
    handler: ({ params: { id }, services }) => removeRoute(services, id),
  }),
];
