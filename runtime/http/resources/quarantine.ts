import { interactionSchema } from '../../../schemas/api/interactions.ts';
import { sourcePageSchema, sourceQuerySchema } from '../../../schemas/api/source-page.ts';
import { repairSchema } from '../../../schemas/repair.ts';
import { getInteraction, getInteractionSource } from '../../intake/interactions.ts';
import { agents, everyRole } from '../access.ts';
import { noContent, route } from '../route.ts';
import { sourcePage } from '../source-page.ts';

export const quarantineRoutes = [
  route({
    method: 'get',
    path: '/api/interactions/:id/source',
    summary: 'The source of a mail as text, piece by piece',
    access: everyRole,
    query: sourceQuerySchema,
    response: sourcePageSchema,
    async handler({ params, query, services }) {
      return sourcePage(await getInteractionSource(services.store.read, params.id), query.from ?? 0);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/repair',
    summary: 'Say how a quarantined mail is to be read, and run it again; the answer does not wait for the run',
    access: agents,
    body: repairSchema,
    response: interactionSchema,
    status: 202,
    async handler({ params, body, caller, services }) {
      await services.intake.repair(params.id, body, caller.id);
      return getInteraction(services.store.read, params.id);
    },
  }),
  route({
    method: 'delete',
    path: '/api/interactions/:id',
    summary: 'Delete a quarantined mail for good; the ledger goes on knowing it',
    access: agents,
    response: noContent,
    async handler({ params, caller, services }) {
      await services.intake.discard(params.id, caller.id);
    },
  }),
];
