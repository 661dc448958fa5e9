import { verifyReportSchema } from '../../../schemas/api/mailboxes.ts';
import type { OutboundMailboxView } from '../../../schemas/api/outbound-mailboxes.ts';
import {
  outboundMailboxBodySchema,
  outboundMailboxChangeSchema,
  outboundMailboxesSchema,
  outboundMailboxViewSchema,
  outboundTestBodySchema,
  outboundTestResultSchema,
} from '../../../schemas/api/outbound-mailboxes.ts';
import type { OutboundMailbox } from '../../../schemas/outbound-mailbox.ts';
import { outboundStatus } from '../../outbound/outbound-status.ts';
import { senderTypeOf } from '../../outbound/sender-types.ts';
import { administrators, everyRole } from '../access.ts';
import { changeOutbound, createOutbound, outboundFrom, outboundIn, removeOutbound } from '../outbound-settings.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';
import { testOutbound, verifyOutbound } from '../try-outbound.ts';

export const outboundMailboxesRoutes = [
  route({
    method: 'get',
    path: '/api/outbound-mailboxes',
    summary: 'Outbound mailboxes, each with what it is doing now and what waits for it',
    access: everyRole,
    response: outboundMailboxesSchema,
    async handler({ services }) {
      const { outboundMailboxes } = services.settings.read();
      return { items: await Promise.all(outboundMailboxes.map((mailbox) => viewOf(mailbox, services))) };
    },
  }),
  route({
    method: 'post',
    path: '/api/outbound-mailboxes',
    summary: 'Add a way out for mail; the first one is the default',
    access: administrators,
    body: outboundMailboxBodySchema,
    response: outboundMailboxViewSchema,
    status: 201,
    handler: async ({ body, services }) => viewOf(await createOutbound(services, body), services),
  }),
  route({
    method: 'post',
    path: '/api/outbound-mailboxes/verify',
    summary: 'Try a way out that is not saved; nothing is sent',
    isReading: true,
    access: administrators,
    body: outboundMailboxBodySchema,
    response: verifyReportSchema,
    handler: ({ body, services }) => verifyOutbound(outboundFrom(body, 'unsaved', services.settings), services),
  }),
  route({
    method: 'get',
    path: '/api/outbound-mailboxes/:id',
    summary: 'One outbound mailbox',
    access: everyRole,
    response: outboundMailboxViewSchema,
    handler: ({ params, services }) => viewOf(outboundIn(services.settings.read(), params.id), services),
  }),
  route({
    method: 'patch',
    path: '/api/outbound-mailboxes/:id',
    summary: 'Change an outbound mailbox; what waits is tried with it at once',
    access: administrators,
    body: outboundMailboxChangeSchema,
    response: outboundMailboxViewSchema,
    handler: async ({ params, body, services }) => viewOf(await changeOutbound(services, params.id, body), services),
  }),
  route({
    method: 'delete',
    path: '/api/outbound-mailboxes/:id',
    summary: 'Delete an outbound mailbox; what waits for it leaves by the default, and is captured where there is none',
    access: administrators,
    response: noContent,
    handler: ({ params, services }) => removeOutbound(services, params.id),
  }),
  route({
    method: 'post',
    path: '/api/outbound-mailboxes/:id/verify',
    summary: 'Try a saved outbound mailbox; nothing is sent',
    isReading: true,
    access: administrators,
    response: verifyReportSchema,
    handler: ({ params, services }) => verifyOutbound(outboundIn(services.settings.read(), params.id), services),
  }),
  route({
    method: 'post',
    path: '/api/outbound-mailboxes/:id/test',
    summary: 'Send one mail through a saved outbound mailbox and say what the server answered',
    access: administrators,
    body: outboundTestBodySchema,
    response: outboundTestResultSchema,
    handler: ({ params, body, services }) =>
      testOutbound(outboundIn(services.settings.read(), params.id), body.to, services),
  }),
  route({
    method: 'post',
    path: '/api/outbound-mailboxes/:id/retry',
    summary: 'Try everything that waits for an outbound mailbox now',
    access: administrators,
    response: noContent,
    handler: ({ params, services }) => services.outbox.tryNow(outboundIn(services.settings.read(), params.id).id),
  }),
];

async function viewOf(
  mailbox: OutboundMailbox,
  { settings, outbox, store, clock }: Services,
): Promise<OutboundMailboxView> {
  const view: OutboundMailboxView = {
    ...mailbox,
    isDefault: settings.read().defaultOutbound === mailbox.id,
    status: await outboundStatus(store.read, mailbox, outbox.status(mailbox.id), clock.now()),
    // Whatever the settings hold: a connection comes back only as its type shows it, without secrets.
    smtp: undefined,
  };
  delete view.smtp;
  return Object.assign(view, senderTypeOf(mailbox).view(mailbox));
}
