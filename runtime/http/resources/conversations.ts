import { conversationSchema, mergeBodySchema } from '../../../schemas/api/conversations.ts';
import { readConversation } from '../../intake/conversations.ts';
import { agents, everyRole } from '../access.ts';
import { route } from '../route.ts';

export const conversationsRoutes = [
  route({
    method: 'get',
    path: '/api/interactions/:id/conversation',
    summary: 'The mails that belong together with one',
    access: everyRole,
    response: conversationSchema,
    handler: ({ params, services }) => readConversation(services.store.read, params.id),
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/merge',
    summary: 'Put a mail, with all that answers it, into the conversation of another',
    access: agents,
    body: mergeBodySchema,
    response: conversationSchema,
    async handler({ params, body, caller, services }) {
      await services.intake.merge(params.id, body.into, caller.id);
      return readConversation(services.store.read, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/split',
    summary: 'Take a mail out of its conversation',
    access: agents,
    response: conversationSchema,
    async handler({ params, caller, services }) {
      await services.intake.split(params.id, caller.id);
      return readConversation(services.store.read, params.id);
    },
  }),
];
