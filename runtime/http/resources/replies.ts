import {
  maxFileBytes,
  repliesSchema,
  replyBodySchema,
  replyDraftBodySchema,
  replyFileQuerySchema,
  replyFilesSchema,
  replySchema,
  replyStartSchema,
} from '../../../schemas/api/replies.ts';
import { readReplies } from '../../answering/sent-replies.ts';
import { startReply } from '../../answering/start-reply.ts';
import { agents, everyRole } from '../access.ts';
import { noContent, route } from '../route.ts';

export const repliesRoutes = [
  route({
    method: 'get',
    path: '/api/interactions/:id/reply',
    summary: 'What a reply to a mail begins with: recipients, senders to choose from, the own draft',
    access: everyRole,
    response: replyStartSchema,
    handler: ({ params, caller, services }) =>
      startReply(services.store.read, services.settings.read(), { interaction: params.id, who: caller.id }),
  }),
  route({
    method: 'put',
    path: '/api/interactions/:id/reply-draft',
    summary: 'Keep what one has begun to write, and the claim with it',
    access: agents,
    // Nobody else sees it, and it is saved with every pause in typing.
    isReading: true,
    body: replyDraftBodySchema,
    response: noContent,
    handler: ({ params, body, caller, services }) => services.answering.saveDraft(params.id, caller.id, body),
  }),
  route({
    method: 'delete',
    path: '/api/interactions/:id/reply-draft',
    summary: 'Throw away what one has begun to write',
    access: agents,
    isReading: true,
    response: noContent,
    handler: ({ params, caller, services }) => services.answering.discardDraft(params.id, caller.id),
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/reply-files',
    summary: 'Attach a file to what one has begun to write',
    access: agents,
    isReading: true,
    query: replyFileQuerySchema,
    rawBody: { media: 'application/octet-stream', maxBytes: maxFileBytes, description: 'The file' },
    response: replyFilesSchema,
    status: 201,
    handler: async ({ params, query, body, caller, services }) => ({
      items: await services.answering.attach(params.id, caller.id, {
        name: query.name,
        type: query.type ?? '',
        // An absent body reads as an empty object.
        bytes: body instanceof Uint8Array ? body : new Uint8Array(0),
      }),
    }),
  }),
  route({
    method: 'delete',
    path: '/api/interactions/:id/reply-files/:file',
    summary: 'Take a file out of what one has begun to write',
    access: agents,
    isReading: true,
    response: replyFilesSchema,
    handler: async ({ params, caller, services }) => ({
      items: await services.answering.detach(params.id, caller.id, params.file),
    }),
  }),
  route({
    method: 'get',
    path: '/api/interactions/:id/replies',
    summary: 'What people answered in the conversation of a mail, and what became of it',
    access: everyRole,
    response: repliesSchema,
    handler: async ({ params, services }) => ({
      items: await readReplies(services.store.read, params.id, services.clock.now()),
    }),
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/replies',
    summary: 'Answer a mail that one has claimed; the same key again sends nothing more',
    access: agents,
    body: replyBodySchema,
    response: replySchema,
    status: 201,
    handler: ({ params, body, caller, services }) => services.answering.send(params.id, caller, body),
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/replies/:reply/take-back',
    summary: 'Take back an own reply that has not left yet: it is a draft again',
    access: agents,
    response: replySchema,
    handler: ({ params, caller, services }) => services.answering.takeBack(params.id, params.reply, caller.id),
  }),
];
