import {
  retentionBodySchema,
  retentionPreviewBodySchema,
  retentionPreviewSchema,
  retentionRunSchema,
  retentionViewSchema,
} from '../../../schemas/api/retention.ts';
import { administrators } from '../access.ts';
import { route } from '../route.ts';

export const retentionRoutes = [
  route({
    method: 'get',
    path: '/api/retention',
    summary: 'For how long what is kept, and what the rules removed lately',
    access: administrators,
    response: retentionViewSchema,
    handler: ({ services }) => services.retention.view(),
  }),
  route({
    method: 'put',
    path: '/api/retention',
    summary: 'Set for how long what is kept; it holds from the next night on',
    access: administrators,
    body: retentionBodySchema,
    response: retentionViewSchema,
    async handler({ body, services }) {
      const changedAt = new Date(services.clock.now()).toISOString();
      await services.settings.update((draft) => {
        draft.retention = { ...body, changedAt };
      });
      return services.retention.view();
    },
  }),
  route({
    method: 'post',
    path: '/api/retention/preview',
    summary: 'Count what such rules would remove now, each by itself',
    isReading: true,
    access: administrators,
    body: retentionPreviewBodySchema,
    response: retentionPreviewSchema,
    handler: async ({ body, services }) => ({ counts: await services.retention.preview(body.rules) }),
  }),
  route({
    method: 'post',
    path: '/api/retention/run',
    summary: 'Remove now what the rules name, rather than at night; the answer does not wait for the end',
    access: administrators,
    response: retentionRunSchema,
    status: 202,
    handler: ({ services }) => services.retention.begin('by-hand'),
  }),
];
