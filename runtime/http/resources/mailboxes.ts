import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import {
  mailboxBodySchema,
  mailboxChangeSchema,
  mailboxesSchema,
  mailboxRemovedSchema,
  mailboxViewSchema,
  movedLoginSchema,
  moveLoginBodySchema,
  verifyReportSchema,
} from '../../../schemas/api/mailboxes.ts';
import type { Mailbox } from '../../../schemas/settings.ts';
import { sourceTypeNames } from '../../../schemas/sources/index.ts';
import { sourceTypeOf } from '../../mailboxes/source-types.ts';
import { administrators, everyRole } from '../access.ts';
import {
  changedMailbox,
  changeMailbox,
  createMailbox,
  mailboxFrom,
  mailboxIn,
  removeMailbox,
} from '../mailbox-settings.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

export const mailboxesRoutes = [
  route({
    method: 'get',
    path: '/api/mailboxes',
    summary: 'Inbound mailboxes, each with what it is doing now',
    access: everyRole,
    response: mailboxesSchema,
    handler: ({ services }) => ({
      items: services.settings.read().mailboxes.map((mailbox) => viewOf(mailbox, services)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/mailboxes',
    summary: 'Add a mailbox that mail is fetched from; with `flow` its mail runs that flow, and it is switched on',
    access: administrators,
    body: mailboxBodySchema,
    response: mailboxViewSchema,
    status: 201,
    handler: async ({ body, services }) => viewOf(await createMailbox(services, body), services),
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/verify',
    summary: 'Try a connection that is not saved',
    isReading: true,
    access: administrators,
    body: mailboxBodySchema,
    response: verifyReportSchema,
    handler: ({ body, services }) => services.mailboxes.verify(mailboxFrom(body, 'unsaved', services.settings)),
  }),
  route({
    method: 'get',
    path: '/api/mailboxes/:id',
    summary: 'One mailbox',
    access: everyRole,
    response: mailboxViewSchema,
    handler: ({ params, services }) => viewOf(mailboxIn(services.settings.read(), params.id), services),
  }),
  route({
    method: 'patch',
    path: '/api/mailboxes/:id',
    summary: 'Change a mailbox; it reconnects by itself',
    access: administrators,
    body: mailboxChangeSchema,
    response: mailboxViewSchema,
    handler: async ({ params, body, services }) => viewOf(await changeMailbox(services, params.id, body), services),
  }),
  route({
    method: 'delete',
    path: '/api/mailboxes/:id',
    summary:
      'Delete a mailbox that is switched off and that no route names, with its filters and open alarms; mails already taken stay',
    access: administrators,
    response: mailboxRemovedSchema,
    handler: ({ params, services }) => removeMailbox(services, params.id),
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/look',
    summary: 'Look for new mail now rather than at the next poll',
    isReading: true,
    access: administrators,
    response: noContent,
    handler({ params, services }) {
      services.mailboxes.wake(mailboxIn(services.settings.read(), params.id).id);
    },
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/move-login',
    summary:
      'Sign in by an authorisation in place of the former login: tried first, and taken back where the first look fails',
    access: administrators,
    body: moveLoginBodySchema,
    response: movedLoginSchema,
    handler: ({ params, body, services }) => services.loginMoves.move(params.id, body.authorisation),
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/verify',
    summary: 'Try the connection of a saved mailbox',
    isReading: true,
    access: administrators,
    response: verifyReportSchema,
    handler: ({ params, services }) => services.mailboxes.verify(mailboxIn(services.settings.read(), params.id)),
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/verify-change',
    summary: 'Try the connection of a saved mailbox as a change would leave it, which is not saved',
    isReading: true,
    access: administrators,
    body: mailboxChangeSchema,
    response: verifyReportSchema,
    handler: ({ params, body, services }) =>
      services.mailboxes.verify(changedMailbox(services.settings, params.id, body)),
  }),
];

function viewOf(mailbox: Mailbox, { mailboxes }: Services): MailboxView {
  const view: MailboxView = { ...mailbox, status: mailboxes.status(mailbox.id) };
  // Whatever the settings hold: a connection comes back only as its type shows it, without secrets.
  for (const name of sourceTypeNames) delete view[name];
  return Object.assign(view, sourceTypeOf(mailbox)?.view(mailbox));
}
