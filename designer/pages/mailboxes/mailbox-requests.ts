import {
  type MailboxBody,
  type MailboxChange,
  type MailboxView,
  maxBytesLimits,
} from '../../../schemas/api/mailboxes.ts';
import { ewsPath } from '../../../schemas/sources/ews.ts';
import { defaultGraphUrl } from '../../../schemas/sources/graph.ts';
import { imapPorts } from '../../../schemas/sources/imap.ts';
import { type MailboxForm, megabyte } from './mailbox-form.ts';
import { sourceFormOf, sourceForms } from './sources/index.ts';

export const emptyForm: MailboxForm = {
  type: 'imap',
  name: '',
  description: '',
  address: '',
  host: '',
  port: imapPorts.tls,
  security: 'tls',
  ca: '',
  username: '',
  password: '',
  signsInBy: 'password',
  authorisation: '',
  baseUrl: defaultGraphUrl,
  folders: ['INBOX'],
  path: ewsPath,
  impersonate: false,
  afterTaking: { action: 'mark-read' },
  takeDays: 0,
  deleteAfterDays: null,
  pollSeconds: 60,
  maxMegabytes: maxBytesLimits.least / megabyte,
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
    maxMegabytes: megabytesOf(mailbox),
    takeDays: mailbox.takeDays ?? 0,
    afterTaking: mailbox.afterTaking ?? emptyForm.afterTaking,
    ...sourceFormOf(mailbox)?.fieldsOf(mailbox),
  };
}

/** Null where it is none that could be entered today. */
function megabytesOf({ maxBytes }: MailboxView): number | null {
  const isUsual = maxBytes >= maxBytesLimits.least && maxBytes <= maxBytesLimits.most && maxBytes % megabyte === 0;
  return isUsual ? maxBytes / megabyte : null;
}

export function bodyOf(form: MailboxForm): MailboxBody {
  return sourceForms[form.type].bodyOf(form);
}

/** An empty password keeps the stored one. */
export function changeOf(form: MailboxForm): MailboxChange {
  const { type: _type, flow: _flow, ...rest } = bodyOf(form);
  if (!('password' in rest) || rest.password !== '') return rest;
  const { password: _password, ...kept } = rest;
  return kept;
}
