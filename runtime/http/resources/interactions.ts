import {
  claimBodySchema,
  interactionSchema,
  interactionsPageSchema,
  interactionsQuerySchema,
  routeByHandBodySchema,
} from '../../../schemas/api/interactions.ts';
import { getInteraction, getInteractionSource, listInteractions } from '../../intake/interactions.ts';
import { usualLeaseSeconds } from '../../queues/leases.ts';
import { agents, everyRole } from '../access.ts';
import type { Caller } from '../auth/caller.ts';
import { emlDownload } from '../eml-download.ts';
import { route } from '../route.ts';

/** Administrators may release and finish what anybody holds; an agent only what is their own. */
const holder = (caller: Caller) => (caller.role === 'admin' ? null : caller.id);

export const interactionsRoutes = [
  route({
    method: 'get',
    path: '/api/interactions',
    summary: 'Mails and what became of them, newest first',
    access: everyRole,
    query: interactionsQuerySchema,
    response: interactionsPageSchema,
    handler: ({ query, services }) => listInteractions(services.store.read, query),
  }),
  route({
    method: 'get',
    path: '/api/interactions/:id',
    summary: 'One mail as the engine saw it, and its run',
    access: everyRole,
    response: interactionSchema,
    handler: ({ params, services }) => getInteraction(services.store.read, params.id),
  }),
  route({
    method: 'get',
    path: '/api/interactions/:id/raw',
    summary: 'The mail byte for byte as it came, as a download',
    access: everyRole,
    response: { media: 'message/rfc822', description: 'Source of the mail' },
    handler: async ({ params, services }) =>
      emlDownload(params.id, await getInteractionSource(services.store.read, params.id)),
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/claim',
    summary: 'Claim a queued mail for a time, or renew the own claim',
    access: agents,
    body: claimBodySchema,
    response: interactionSchema,
    async handler({ params, body, caller, services }) {
      await services.queues.claim(params.id, caller.id, (body.leaseSeconds ?? usualLeaseSeconds) * 1000);
      return getInteraction(services.store.read, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/release',
    summary: 'Put a claimed mail back to its place in the queue',
    access: agents,
    response: interactionSchema,
    async handler({ params, caller, services }) {
      await services.queues.release(params.id, holder(caller));
      return getInteraction(services.store.read, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/finish',
    summary: 'End the work on a claimed mail',
    access: agents,
    response: interactionSchema,
    async handler({ params, caller, services }) {
      await services.queues.finish(params.id, holder(caller));
      return getInteraction(services.store.read, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/retry',
    summary: 'Parse, route and run a quarantined or held mail again; the answer does not wait for the run',
    access: agents,
    response: interactionSchema,
    status: 202,
    async handler({ params, caller, services }) {
      await services.intake.retry(params.id, caller.id);
      return getInteraction(services.store.read, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/fetch-rest',
    summary: 'Get the rest of a shortened mail from its server, and keep it',
    access: agents,
    response: interactionSchema,
    async handler({ params, services }) {
      await services.intake.fetchRest(params.id);
      return getInteraction(services.store.read, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/route',
    summary: 'Put a mail into a queue without a flow',
    access: agents,
    body: routeByHandBodySchema,
    response: interactionSchema,
    async handler({ params, body, caller, services }) {
      await services.intake.routeByHand(params.id, body.queue, body.priority ?? 0, caller.id);
      return getInteraction(services.store.read, params.id);
    },
  }),
];
