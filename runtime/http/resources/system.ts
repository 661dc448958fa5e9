import { systemSchema } from '../../../schemas/api/system.ts';
import { receivedDomains } from '../../../schemas/domain.ts';
import { everyRole } from '../access.ts';
import { route } from '../route.ts';

export const systemRoutes = [
  route({
    method: 'get',
    path: '/api/system',
    summary: 'What this server is, and where mail can be sent to it',
    access: everyRole,
    response: systemSchema,
    async handler({ services }) {
      const settings = services.settings.read();
      const outbound = settings.outboundMailboxes.find(({ id }) => id === settings.defaultOutbound);
      const listening = services.receiver();
      return {
        version: services.version,
        receiver: listening === null ? null : { ...listening, domains: receivedDomains(settings) },
        outbound: outbound?.type ?? ('capture' as const),
        git: await services.flows.inRepository(),
        storage: await services.storage.look(),
        restoredAt: services.restoredAt === undefined ? null : new Date(services.restoredAt).toISOString(),
      };
    },
  }),
];
