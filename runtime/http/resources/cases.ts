import {
  caseBodySchema,
  caseEntrySchema,
  caseProposalSchema,
  casesRunSchema,
  casesSchema,
  flowCaseParams,
  newCaseBodySchema,
  renameCaseBodySchema,
  runCasesBodySchema,
} from '../../../schemas/api/cases.ts';
import { tryBodySchema } from '../../../schemas/api/try.ts';
import { closed } from '../../../schemas/closed.ts';
import { flowIdSchema } from '../../../schemas/ids.ts';
import { designers, everyRole } from '../access.ts';
import type { Caller } from '../auth/caller.ts';
import { caseSituation } from '../case-situation.ts';
import { noContent, route } from '../route.ts';
import { triedMail } from '../tried-mail.ts';
import { triedFlow } from '../try-flow.ts';

/** A flow of 5,000 actions is about 3 MB. */
const maxFlowBytes = 8_388_608;
/** The largest mail that a case takes, in base64, with the services' answers beside it. */
const maxCaseBytes = 16_777_216;
/** As for a trial: what was tried is proposed. */
const maxTrialBytes = 80_000_000;

const flowParams = closed({ id: flowIdSchema });

const refOf = ({ id, name }: { id: string; name: string }, caller: Caller) => ({
  flow: id,
  name,
  author: { name: caller.name, email: caller.email },
});

export const casesRoutes = [
  route({
    method: 'get',
    path: '/api/flows/:id/cases',
    summary: 'The mails that a flow must treat in a certain way, wrong cases too',
    access: everyRole,
    params: flowParams,
    response: casesSchema,
    handler: async ({ params, services }) => ({ items: await services.cases.list(params.id) }),
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/cases',
    summary: 'Keep a mail as a case beside the flow, and commit it',
    access: designers,
    params: flowParams,
    body: newCaseBodySchema,
    maxBytes: maxCaseBytes,
    response: caseEntrySchema,
    status: 201,
    async handler({ params, body, caller, services }) {
      // A flow that is neither published nor the caller's draft is a misspelt one.
      await services.flows.draft(params.id, caller.id);
      const { bytes } = await triedMail(services, params.id, body.mail);
      return services.cases.create(refOf({ ...params, name: body.name }, caller), { case: body.case, mail: bytes });
    },
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/cases/run',
    summary: 'Run the cases against a document and say which differ. No mail is sent and no service is called',
    isReading: true,
    access: designers,
    params: flowParams,
    body: runCasesBodySchema,
    maxBytes: maxFlowBytes,
    response: casesRunSchema,
    async handler({ params, body, caller, services }) {
      const { flow } = await triedFlow(services, { flow: params.id, user: caller.id, document: body.document });
      return services.cases.run({ ...flow, id: params.id }, body.names);
    },
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/cases/propose',
    summary: 'A tried mail as a case that expects what the flow does with it now; nothing is kept yet',
    isReading: true,
    access: designers,
    params: flowParams,
    body: tryBodySchema,
    maxBytes: maxTrialBytes,
    response: caseProposalSchema,
    async handler({ params, body, caller, services }) {
      const { flow } = await triedFlow(services, { flow: params.id, user: caller.id, document: body.document });
      const mail = await triedMail(services, params.id, body);
      const situation = await caseSituation(services, params.id, mail, body);
      return services.cases.propose({ ...flow, id: params.id }, mail.bytes, situation);
    },
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/cases/:name',
    summary: 'One case',
    access: everyRole,
    params: flowCaseParams,
    response: caseEntrySchema,
    handler: ({ params, services }) => services.cases.read(params.id, params.name),
  }),
  route({
    method: 'put',
    path: '/api/flows/:id/cases/:name',
    summary: 'Change what a case expects of its mail; it is committed',
    access: designers,
    params: flowCaseParams,
    body: caseBodySchema,
    maxBytes: maxCaseBytes,
    response: caseEntrySchema,
    handler: ({ params, body, caller, services }) => services.cases.update(refOf(params, caller), body),
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/cases/:name/rename',
    summary: 'Give a case another name, and commit it',
    access: designers,
    params: flowCaseParams,
    body: renameCaseBodySchema,
    response: caseEntrySchema,
    handler: ({ params, body, caller, services }) => services.cases.rename(refOf(params, caller), body.name),
  }),
  route({
    method: 'delete',
    path: '/api/flows/:id/cases/:name',
    summary: 'Delete a case with its mail, and commit it; git keeps both',
    access: designers,
    params: flowCaseParams,
    response: noContent,
    handler: ({ params, caller, services }) => services.cases.remove(refOf(params, caller)),
  }),
  route({
    method: 'get',
    path: '/api/flows/:id/cases/:name/mail',
    summary: 'The mail of a case, byte for byte',
    access: everyRole,
    params: flowCaseParams,
    response: { media: 'message/rfc822', description: 'The source of the mail' },
    async handler({ params, services }) {
      return {
        headers: {
          'Content-Type': 'message/rfc822',
          'Content-Disposition': `attachment; filename="${params.name}.eml"`,
        },
        content: await services.cases.mail(params.id, params.name),
      };
    },
  }),
];
