import Type from 'typebox';
import {
  claimBodySchema,
  interactionSummarySchema,
  interactionsPageSchema,
} from '../../../schemas/api/interactions.ts';
import { pageQuerySchema } from '../../../schemas/api/paging.ts';
import type { QueueView } from '../../../schemas/api/queues.ts';
import { queueBodySchema, queueChangeSchema, queuesSchema, queueViewSchema } from '../../../schemas/api/queues.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Queue, Settings } from '../../../schemas/settings.ts';
import type { QueueCounts } from '../../queues/counts.ts';
import { usualLeaseSeconds } from '../../queues/leases.ts';
import { administrators, agents, everyRole } from '../access.ts';
import { flowsUsing } from '../flows-using.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

export const queuesRoutes = [
  route({
    method: 'get',
    path: '/api/queues',
    summary:
      'All queues with what waits in them; also those that mails wait in though they were removed from the settings',
    access: everyRole,
    response: queuesSchema,
    async handler({ services }) {
      const known = services.settings.read().queues;
      const counts = await services.queues.counts(known.map((queue) => queue.id));
      const removed = [...counts.keys()].filter((id) => !known.some((queue) => queue.id === id));
      const all = [...known, ...removed.map((id) => ({ id, name: id }))];
      return { items: all.map((queue) => viewOf(queue, counts.get(queue.id))) };
    },
  }),
  route({
    method: 'post',
    path: '/api/queues',
    summary: 'Add a queue',
    access: administrators,
    body: queueBodySchema,
    response: queueViewSchema,
    status: 201,
    async handler({ body, services }) {
      await services.settings.update((draft) => {
        if (draft.queues.some((queue) => queue.id === body.id)) {
          throw new UserError('queue-exists', `There is a queue "${body.id}" already.`, { status: 409 });
        }
        draft.queues.push(body);
      });
      return currentView(body.id, services);
    },
  }),
  route({
    method: 'patch',
    path: '/api/queues/:id',
    summary: 'Change name or description of a queue',
    access: administrators,
    body: queueChangeSchema,
    response: queueViewSchema,
    async handler({ params, body, services }) {
      await services.settings.update((draft) => void Object.assign(queueIn(draft, params.id), body));
      return currentView(params.id, services);
    },
  }),
  route({
    method: 'delete',
    path: '/api/queues/:id',
    summary: 'Delete a queue that is empty and that no published flow uses',
    access: administrators,
    response: noContent,
    async handler({ params: { id }, services }) {
      queueIn(services.settings.read(), id);
      const counts = (await services.queues.counts([id])).get(id);
      const inQueue = (counts?.waiting ?? 0) + (counts?.claimed ?? 0);
      if (inQueue > 0) throw inUse(`There are ${inQueue} mails in it. Work them off or route them elsewhere first.`);
      const flows = await flowsUsing(services.flows, 'queues', id);
      if (flows.length > 0) throw inUse(`Published flows send mail to it: ${flows.join(', ')}. Change them first.`);
      await services.settings.update((draft) => {
        draft.queues.splice(draft.queues.indexOf(queueIn(draft, id)), 1);
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/queues/:id/interactions',
    summary: 'Mails that wait in a queue, in the order in which they are to be worked on',
    access: everyRole,
    query: pageQuerySchema,
    response: interactionsPageSchema,
    handler: ({ params, query, services }) => services.queues.list(params.id, query),
  }),
  route({
    method: 'post',
    path: '/api/queues/:id/claim',
    summary: 'Claim the first mail that waits; null where none does',
    access: agents,
    body: claimBodySchema,
    response: Type.Union([interactionSummarySchema, Type.Null()]),
    about: (mail) => (mail !== null && 'id' in mail ? { interaction: mail.id } : {}),
    handler: ({ params, body, caller, services }) =>
      services.queues.claimNext(params.id, caller.id, (body.leaseSeconds ?? usualLeaseSeconds) * 1000),
  }),
];

async function currentView(id: string, { settings, queues }: Services): Promise<QueueView> {
  return viewOf(queueIn(settings.read(), id), (await queues.counts([id])).get(id));
}

function viewOf(queue: Queue, counts: QueueCounts = { waiting: 0, claimed: 0, oldestAt: null }): QueueView {
  const oldestAt = counts.oldestAt === null ? null : new Date(counts.oldestAt).toISOString();
  return { ...queue, waiting: counts.waiting, claimed: counts.claimed, oldestAt };
}

function queueIn(settings: Settings, id: string): Queue {
  const queue = settings.queues.find((candidate) => candidate.id === id);
  if (queue === undefined) throw new UserError('queue-not-found', `There is no queue "${id}".`, { status: 404 });
  return queue;
}

function inUse(message: string): UserError {
  return new UserError('queue-in-use', message, { status: 409 });
}
