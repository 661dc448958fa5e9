import Type from 'typebox';
import {
  checkBodySchema,
  checkResultSchema,
  draftBodySchema,
  draftNoticesSchema,
  draftSchema,
  flowsSchema,
  flowVersionSchema,
  historySchema,
  newFlowBodySchema,
  publishBodySchema,
  publishResultSchema,
  versionsSchema,
} from '../../../schemas/api/flows.ts';
import { closed } from '../../../schemas/closed.ts';
import { UserError } from '../../../schemas/errors.ts';
import { flowIdSchema } from '../../../schemas/ids.ts';
import { boundedJson } from '../../flows/drafts.ts';
import { designers, everyRole } from '../access.ts';
import { passCases } from '../pass-cases.ts';
import { noContent, route } from '../route.ts';

/** A flow of 5,000 actions is about 3 MB. */
export const maxFlowBytes = 8_388_608;

const flowParams = closed({ id: flowIdSchema });
const versionParams = closed({ id: flowIdSchema, version: Type.Integer({ minimum: 1 }) });

export const flowsRoutes = [
  route({
    method: 'get',
    path: '/api/flows',
    summary: 'All flows, with the drafts of the caller',
    access: everyRole,
    response: flowsSchema,
    handler: async ({ caller, services }) => ({ items: await services.flows.list(caller.id) }),
  }),
  route({
    method: 'post',
    path: '/api/flows',
    summary: 'Begin a new flow as an empty draft',
    isReading: true,
    access: designers,
    body: newFlowBodySchema,
    response: draftSchema,
    status: 201,
    handler({ body, caller, services }) {
      const queue = services.settings.read().queues[0]?.id;
      return services.flows.createDraft({ ...body, user: caller.id, ...(queue === undefined ? {} : { queue }) });
    },
  }),
  route({
    method: 'get',
    path: '/api/flows/:id',
    summary: 'The published version of a flow',
    access: everyRole,
    params: flowParams,
    response: flowVersionSchema,
    handler({ params, services }) {
      const published = services.flows.published(params.id);
      if (published === null) {
        throw new UserError('flow-not-found', `There is no published flow "${params.id}".`, { status: 404 });
      }
      return services.flows.version(params.id, published.version);
    },
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/versions',
    summary: 'Every version that was published, newest first',
    access: everyRole,
    params: flowParams,
    response: versionsSchema,
    handler: async ({ params, services }) => ({ items: await services.flows.versions(params.id) }),
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/history',
    summary: 'Versions, and the commits of the file that no version came from, newest first',
    access: everyRole,
    params: flowParams,
    response: historySchema,
    handler: async ({ params, services }) => ({ items: await services.flows.history(params.id) }),
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/drafts',
    summary: 'Who has a draft of the flow, since when and of which version',
    access: everyRole,
    params: flowParams,
    response: draftNoticesSchema,
    async handler({ params, caller, services }) {
      const names = new Map(services.settings.read().users.map(({ id, name }) => [id, name]));
      const drafts = await services.flows.drafts(params.id);
      return {
        items: drafts.map(({ user, ...draft }) => ({
          user: { id: user, name: user === caller.id ? caller.name : (names.get(user) ?? 'A script') },
          isYours: user === caller.id,
          ...draft,
        })),
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/versions/:version',
    summary: 'One version',
    access: everyRole,
    params: versionParams,
    response: flowVersionSchema,
    handler: ({ params, services }) => services.flows.version(params.id, params.version),
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/draft',
    summary: "The caller's draft, or else what is published",
    access: everyRole,
    params: flowParams,
    response: draftSchema,
    handler: ({ params, caller, services }) => services.flows.draft(params.id, caller.id),
  }),
  route({
    method: 'put',
    path: '/api/flows/:id/draft',
    summary: "Save the caller's draft; it may be wrong in every way",
    isReading: true,
    access: designers,
    params: flowParams,
    body: draftBodySchema,
    maxBytes: maxFlowBytes,
    response: draftSchema,
    handler: ({ params, body, caller, services }) =>
      services.flows.saveDraft({ id: params.id, user: caller.id, ...body }),
  }),
  route({
    method: 'delete',
    path: '/api/flows/:id/draft',
    summary: "Forget the caller's draft",
    isReading: true,
    access: designers,
    params: flowParams,
    response: noContent,
    handler: ({ params, caller, services }) => services.flows.discardDraft(params.id, caller.id),
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/check',
    summary: 'What is wrong with a document, all at once',
    isReading: true,
    access: everyRole,
    params: flowParams,
    body: checkBodySchema,
    maxBytes: maxFlowBytes,
    response: checkResultSchema,
    async handler({ params, body, caller, services }) {
      const { document } = body.document === undefined ? await services.flows.draft(params.id, caller.id) : body;
      boundedJson(document);
      return { issues: services.flows.check(document).issues };
    },
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/publish',
    summary:
      'Publish a document: it is checked, its cases run, its file is written and committed, and it runs from now on',
    access: designers,
    params: flowParams,
    body: publishBodySchema,
    maxBytes: maxFlowBytes,
    response: publishResultSchema,
    async handler({ params, body, caller, services }) {
      const draft = body.document === undefined ? await services.flows.draft(params.id, caller.id) : undefined;
      const baseVersion = body.baseVersion === undefined ? draft?.baseVersion : body.baseVersion;
      const document = draft === undefined ? body.document : draft.document;
      const revision = body.revision ?? draft?.revision;
      return services.flows.publish({
        id: params.id,
        document,
        message: body.message,
        pass: (flow) => passCases(services.cases, flow, body, caller),
        user: { id: caller.id, name: caller.name, email: caller.email },
        ...(baseVersion === undefined ? {} : { baseVersion }),
        ...(revision === undefined ? {} : { revision }),
      });
    },
  }),
];
