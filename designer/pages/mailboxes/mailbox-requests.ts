import type { MailboxBody, MailboxChange, MailboxView } from '../../../schemas/api/mailboxes.ts';
import type { MailboxForm } from './mailbox-form.ts';
import { sourceFormOf, sourceForms } from './sources/index.ts';

export const emptyForm: MailboxForm = {
  type: 'imap',
  name: '',
  description: '',
  address: '',
  host: '',
  port: sourceForms.imap.ports.tls,
  security: 'tls',
  ca: '',
  username: '',
  password: '',
  folders: ['INBOX'],
  deleteAfterDays: null,
  pollSeconds: 60,
  flow: null,
};

export function formOf(mailbox: MailboxView): MailboxForm {
  return {
    ...emptyForm,
    ...(mailbox.type !== 'smtp-receiver' && { type: mailbox.type }),
    name: mailbox.name,
    description: mailbox.description ?? '',
    address: mailbox.address,
    pollSeconds: mailbox.pollSeconds,
    ...sourceFormOf(mailbox)?.fieldsOf(mailbox),
  };
}

export function bodyOf(form: MailboxForm): MailboxBody {
  return sourceForms[form.type].bodyOf(form);
}

/** An empty password keeps the stored one. */
export function changeOf(form: MailboxForm): MailboxChange {
  const { type: _type, flow: _flow, password, ...rest } = bodyOf(form);
  return password === '' ? rest : { ...rest, password };
}
