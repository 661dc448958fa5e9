import type { TryBody } from '../../../schemas/api/flows.ts';
import { tryBodySchema, tryResultSchema } from '../../../schemas/api/flows.ts';
import { closed } from '../../../schemas/closed.ts';
import { UserError } from '../../../schemas/errors.ts';
import { flowIdSchema } from '../../../schemas/ids.ts';
import { designers } from '../access.ts';
import { route } from '../route.ts';
import { storedMail, tryFlow } from '../try-flow.ts';

/** The largest mail that a mailbox takes (50 MiB), in base64, with room for a document beside it. */
const maxBytes = 80_000_000;

export const tryFlowRoutes = [
  route({
    method: 'post',
    path: '/api/flows/:id/try',
    summary: 'Run a flow on a mail and show every step. Nothing is sent or queued; data actions do call out',
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
      const request = body instanceof Uint8Array ? {} : body;
      const mail = body instanceof Uint8Array ? { bytes: body } : await mailOf(body, (id) => storedMail(services, id));
      return tryFlow(services, { flow: params.id, user: caller.id, mail, document: request.document });
    },
  }),
];

async function mailOf<M>(body: TryBody, stored: (id: string) => Promise<M>): Promise<M | { bytes: Uint8Array }> {
  const given = [body.eml, body.emlBase64, body.interaction].filter((entry) => entry !== undefined);
  if (given.length !== 1) {
    const message = 'Give one mail: "eml" as text, "emlBase64", or the id of an "interaction".';
    throw new UserError('one-mail-needed', message, { status: 422 });
  }
  if (body.interaction !== undefined) return stored(body.interaction);
  return { bytes: body.eml === undefined ? Buffer.from(body.emlBase64 ?? '', 'base64') : Buffer.from(body.eml) };
}
