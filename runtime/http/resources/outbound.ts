import type { OutboundView } from '../../../schemas/api/system.ts';
import {
  outboundBodySchema,
  outboundTestBodySchema,
  outboundTestResultSchema,
  outboundViewSchema,
} from '../../../schemas/api/system.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { assertOneLogin } from '../../authorisations/credentials.ts';
import { createMessageId } from '../../mail/message-id.ts';
import { compose } from '../../outbound/compose.ts';
import { administrators } from '../access.ts';
import { refuseOpenText } from '../refuse-open-text.ts';
import { noContent, route } from '../route.ts';

/** Longer than a slow server needs for one mail, shorter than a person waits. */
const testMs = 30_000;

export const outboundRoutes = [
  route({
    method: 'get',
    path: '/api/outbound',
    summary: 'The way out for mail; null while it is captured',
    access: administrators,
    response: outboundViewSchema,
    handler: ({ services }) => viewOf(services.settings.read()),
  }),
  route({
    method: 'put',
    path: '/api/outbound',
    summary: 'Send mail through this server; without a password the stored one stays',
    access: administrators,
    body: outboundBodySchema,
    response: outboundViewSchema,
    async handler({ body: { password, ...body }, services: { settings } }) {
      refuseOpenText(body.security, body.host);
      const next = await settings.update((draft) => {
        const before = draft.outbound;
        const stored = password === undefined && body.authorisation === undefined ? before?.password : undefined;
        if (stored !== undefined && before?.host !== body.host) {
          const message = 'Enter the password again: it is not sent to another server than the one it was saved for.';
          throw new UserError('password-needed', message, { status: 422 });
        }
        const sealed = password === undefined || password === '' ? stored : settings.seal(password);
        if (sealed !== undefined && body.authorisation !== undefined) assertOneLogin({ ...body, password }, 'way out');
        draft.outbound = { ...body, ...(sealed === undefined ? {} : { password: sealed }) };
      });
      return viewOf(next);
    },
  }),
  route({
    method: 'delete',
    path: '/api/outbound',
    summary: 'Send nothing any more: outgoing mail is captured',
    access: administrators,
    response: noContent,
    async handler({ services }) {
      await services.settings.update((draft) => {
        draft.outbound = null;
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/outbound/test',
    summary: 'Send one mail through the saved way out and say what the server answered',
    access: administrators,
    body: outboundTestBodySchema,
    response: outboundTestResultSchema,
    async handler({ body, services }) {
      const { outbound, installation } = services.settings.read();
      if (outbound === null) {
        throw new UserError('no-outbound', 'No outbound mailbox is set up; mail is captured.', { status: 409 });
      }
      const from = outbound.from ?? outbound.username ?? '';
      if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from) || !/^[^\s@<>,]+@[^\s@<>,]+$/.test(body.to)) {
        const message = 'Name one recipient, and a From address in the settings of the outbound mailbox.';
        throw new UserError('bad-address', message, { status: 422 });
      }
      const raw = compose({
        from: { address: from, name: outbound.fromName ?? '' },
        to: body.to,
        subject: 'Test mail from Sluice',
        text: 'This mail shows that Sluice can send mail through the server that it was given.',
        messageId: createMessageId(installation, from.slice(from.lastIndexOf('@') + 1)),
        inReplyTo: null,
        references: [],
        date: services.clock.now(),
        kind: 'auto-generated',
      });
      const sender = services.senderFor(outbound);
      try {
        const result = await sender.send({ envelope: { from, to: [body.to] }, raw }, AbortSignal.timeout(testMs));
        return { state: result.state, detail: result.state === 'sent' ? result.response : result.reason };
      } finally {
        await sender.close();
      }
    },
  }),
];

function viewOf({ outbound }: Settings): OutboundView {
  if (outbound === null) return { outbound: null };
  const { password, ...rest } = outbound;
  return { outbound: { ...rest, hasPassword: password !== undefined } };
}
