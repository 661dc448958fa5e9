import {
  outboxCountsSchema,
  outboxDetailSchema,
  outboxPageSchema,
  outboxQuerySchema,
} from '../../../schemas/api/outbox.ts';
import { getOutboxItem, getOutboxSource, listOutbox, outboxCounts } from '../../outbound/outbox-pages.ts';
import { agents, everyRole } from '../access.ts';
import { emlDownload } from '../eml-download.ts';
import { route } from '../route.ts';

export const outboxRoutes = [
  route({
    method: 'get',
    path: '/api/outbox',
    summary: 'Outgoing mails and what became of them, newest first',
    access: everyRole,
    query: outboxQuerySchema,
    response: outboxPageSchema,
    handler: ({ query, services }) => listOutbox(services.store.read, query, services.clock.now()),
  }),
  route({
    method: 'get',
    path: '/api/outbox/counts',
    summary: 'How many outgoing mails are in which state, and how many are late',
    access: everyRole,
    response: outboxCountsSchema,
    handler: ({ services }) => outboxCounts(services.store.read, services.clock.now()),
  }),
  route({
    method: 'get',
    path: '/api/outbox/:id',
    summary: 'One outgoing mail with its text',
    access: everyRole,
    response: outboxDetailSchema,
    handler: ({ params, services }) => getOutboxItem(services.store.read, params.id, services.clock.now()),
  }),
  route({
    method: 'get',
    path: '/api/outbox/:id/raw',
    summary: 'One outgoing mail byte for byte, as a download',
    access: everyRole,
    response: { media: 'message/rfc822', description: 'Source of the mail' },
    handler: async ({ params, services }) =>
      emlDownload(params.id, await getOutboxSource(services.store.read, params.id)),
  }),
  route({
    method: 'post',
    path: '/api/outbox/:id/retry',
    summary: 'Send a failed, bounced or uncertain mail once more, or one that waits now',
    access: agents,
    response: outboxDetailSchema,
    async handler({ params, services }) {
      await services.outbox.retry(params.id);
      return getOutboxItem(services.store.read, params.id, services.clock.now());
    },
  }),
  route({
    method: 'post',
    path: '/api/outbox/:id/give-up',
    summary: 'Try a mail that waits no more: it is failed',
    access: agents,
    response: outboxDetailSchema,
    async handler({ params, services, caller }) {
      await services.outbox.giveUp(params.id, caller.name);
      return getOutboxItem(services.store.read, params.id, services.clock.now());
    },
  }),
];
