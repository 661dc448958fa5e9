import { previewBodySchema, previewSchema } from '../../../schemas/api/preview.ts';
import { tryBodySchema, tryResultSchema } from '../../../schemas/api/try.ts';
import { closed } from '../../../schemas/closed.ts';
import { flowIdSchema } from '../../../schemas/ids.ts';
import { designers } from '../access.ts';
import { previewTemplates } from '../preview-templates.ts';
import { route } from '../route.ts';
import { triedMail } from '../tried-mail.ts';
import { tryFlow } from '../try-flow.ts';

/** The largest mail that a mailbox takes (50 MiB), in base64, with room for a document beside it. */
const maxBytes = 80_000_000;

export const tryFlowRoutes = [
  route({
    method: 'post',
    path: '/api/flows/:id/try',
    summary: 'Run a flow on a mail and show every step. Nothing is sent or queued; data actions do call out',
    isReading: true,
    access: designers,
    params: closed({ id: flowIdSchema }),
    body: tryBodySchema,
    maxBytes,
    rawBody: {
      media: 'message/rfc822',
      maxBytes: 52_428_800,
      description: "Source of a mail; the caller's draft runs on it, or else what is published",
    },
    response: tryResultSchema,
    async handler({ params, body, caller, services }) {
      const { document, ...choices } = body instanceof Uint8Array ? {} : body;
      const mail = body instanceof Uint8Array ? { bytes: body } : await triedMail(services, params.id, choices);
      return tryFlow(services, { ...choices, flow: params.id, user: caller.id, mail, document });
    },
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/preview',
    summary: 'Fill templates from a mail, as a run would; nothing is run, sent or kept',
    isReading: true,
    access: designers,
    params: closed({ id: flowIdSchema }),
    body: previewBodySchema,
    maxBytes,
    response: previewSchema,
    handler: ({ params, body, services }) => previewTemplates(services, params.id, body),
  }),
];
