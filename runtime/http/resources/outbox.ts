import { outboxDetailSchema, outboxPageSchema, outboxQuerySchema } from '../../../schemas/api/outbox.ts';
import { getOutboxItem, listOutbox } from '../../outbound/outbox-pages.ts';
import { agents, everyRole } from '../access.ts';
import { route } from '../route.ts';

export const outboxRoutes = [
  route({
    method: 'get',
    path: '/api/outbox',
    summary: 'Outgoing mails and what became of them, newest first',
    access: everyRole,
    query: outboxQuerySchema,
    response: outboxPageSchema,
    handler: ({ query, services }) => listOutbox(services.store.read, query),
  }),
  route({
    method: 'get',
    path: '/api/outbox/:id',
    summary: 'One outgoing mail with its text',
    access: everyRole,
    response: outboxDetailSchema,
    handler: ({ params, services }) => getOutboxItem(services.store.read, params.id),
  }),
  route({
    method: 'post',
    path: '/api/outbox/:id/retry',
    summary: 'Send a failed or uncertain mail once more',
    access: agents,
    response: outboxDetailSchema,
    async handler({ params, services }) {
      await services.outbox.retry(params.id);
      return getOutboxItem(services.store.read, params.id);
    },
  }),
];
