import { outboundTestBodySchema, outboundTestResultSchema } from '../../../schemas/api/outbound-mailboxes.ts';
import type { OutboundView } from '../../../schemas/api/system.ts';
import { outboundBodySchema, outboundViewSchema } from '../../../schemas/api/system.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { senderTypeOf } from '../../outbound/sender-types.ts';
import { administrators } from '../access.ts';
import { changeOutbound, createOutbound, outboundIn } from '../outbound-settings.ts';
import { noContent, route } from '../route.ts';
import { testOutbound } from '../try-outbound.ts';

/** The default outbound mailbox alone, as scripts from before there could be several know it. */
export const outboundRoutes = [
  route({
    method: 'get',
    path: '/api/outbound',
    summary: 'The default way out for mail; null while it is captured',
    access: administrators,
    response: outboundViewSchema,
    handler: ({ services }) => viewOf(services.settings.read()),
  }),
  route({
    method: 'put',
    path: '/api/outbound',
    summary: 'Send mail through this server by default; without a password the stored one stays',
    access: administrators,
    body: outboundBodySchema,
    response: outboundViewSchema,
    async handler({ body, services }) {
      const { defaultOutbound } = services.settings.read();
      const { from = '', fromName = '', username = '', ca = '', type, ...rest } = body;
      const whole = { ...rest, from, fromName, username, ca };
      if (defaultOutbound !== null) await changeOutbound(services, defaultOutbound, whole);
      else await createOutbound(services, { ...whole, type, name: 'smtp-client' });
      return viewOf(services.settings.read());
    },
  }),
  route({
    method: 'delete',
    path: '/api/outbound',
    summary: 'Delete all outbound mailboxes: outgoing mail is captured',
    access: administrators,
    response: noContent,
    async handler({ services }) {
      await services.settings.update((draft) => {
        draft.defaultOutbound = null;
        draft.outboundMailboxes = [];
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/outbound/test',
    summary: 'Send one mail by the default way out and say what the server answered',
    access: administrators,
    body: outboundTestBodySchema,
    response: outboundTestResultSchema,
    handler({ body, services }) {
      const settings = services.settings.read();
      if (settings.defaultOutbound === null) {
        throw new UserError('no-outbound', 'No outbound mailbox is set up; mail is captured.', { status: 409 });
      }
      return testOutbound(outboundIn(settings, settings.defaultOutbound), body.to, services);
    },
  }),
];

function viewOf(settings: Settings): OutboundView {
  if (settings.defaultOutbound === null) return { outbound: null };
  const mailbox = outboundIn(settings, settings.defaultOutbound);
  const { smtp } = senderTypeOf(mailbox).view(mailbox);
  if (smtp === undefined) {
    throw new UserError('not-smtp', 'The default outbound mailbox is no SMTP server. Use /api/outbound-mailboxes.', {
      status: 409,
    });
  }
  const { from, fromName } = mailbox;
  return {
    outbound: {
      type: 'smtp',
      ...smtp,
      ...(from === undefined ? {} : { from }),
      ...(fromName === undefined ? {} : { fromName }),
    },
  };
}
