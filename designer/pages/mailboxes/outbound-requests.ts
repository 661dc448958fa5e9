import type {
  OutboundMailboxBody,
  OutboundMailboxChange,
  OutboundMailboxView,
} from '../../../schemas/api/outbound-mailboxes.ts';
import { emptyOutboundForm, type OutboundForm } from './outbound-form.ts';
import { senderForms } from './senders/index.ts';

export function outboundFormOf(mailbox: OutboundMailboxView): OutboundForm {
  const { limits } = mailbox;
  return {
    ...emptyOutboundForm,
    type: mailbox.type,
    name: mailbox.name,
    description: mailbox.description ?? '',
    from: mailbox.from ?? '',
    fromName: mailbox.fromName ?? '',
    sendsFor: mailbox.sendsFor,
    envelopeSender: mailbox.envelopeSender,
    bounceAddress: mailbox.bounceAddress ?? '',
    connections: mailbox.connections,
    mailsPerConnection: mailbox.mailsPerConnection,
    perSecond: limits.perSecond ?? null,
    perMinute: limits.perMinute ?? null,
    perDay: limits.perDay ?? null,
    ...senderForms[mailbox.type].fieldsOf(mailbox),
  };
}

/** What a new one is made of; texts that are left empty are left out. */
export function outboundBodyOf(form: OutboundForm): OutboundMailboxBody {
  const { description, from, fromName, bounceAddress, ...rest } = commonOf(form);
  const texts = Object.fromEntries(
    Object.entries({ description, from, fromName, bounceAddress }).filter(([, text]) => text !== ''),
  );
  return { ...rest, ...texts, ...senderForms[form.type].bodyOf(form) };
}

/** What changes a stored one: an empty text clears, an empty password keeps what is stored. */
export function outboundChangeOf(form: OutboundForm): OutboundMailboxChange {
  const { type: _, ...connection } = senderForms[form.type].bodyOf(form);
  if (!('password' in connection) || connection.password) return { ...commonOf(form), ...connection };
  const { password: _password, ...kept } = connection;
  return { ...commonOf(form), ...kept };
}

function commonOf(form: OutboundForm) {
  const { perSecond, perMinute, perDay } = form;
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    from: form.from.trim(),
    fromName: form.fromName.trim(),
    sendsFor: form.sendsFor,
    envelopeSender: form.envelopeSender,
    bounceAddress: form.bounceAddress.trim(),
    connections: form.connections,
    mailsPerConnection: form.mailsPerConnection,
    limits: {
      ...(perSecond !== null && { perSecond }),
      ...(perMinute !== null && { perMinute }),
      ...(perDay !== null && { perDay }),
    },
  };
}
