import type { MailboxBody, MailboxChange, MailboxView } from '../../../schemas/api/mailboxes.ts';

export type Security = NonNullable<MailboxBody['security']>;

/** What stands in the fields. */
export interface MailboxForm {
  name: string;
  description: string;
  address: string;
  host: string;
  port: number;
  security: Security;
  ca: string;
  username: string;
  password: string;
  folders: string[];
  pollSeconds: number;
  flow: string | null;
}

export const portBySecurity: Record<Security, number> = { tls: 993, starttls: 143, none: 143 };

export const emptyForm: MailboxForm = {
  name: '',
  description: '',
  address: '',
  host: '',
  port: portBySecurity.tls,
  security: 'tls',
  ca: '',
  username: '',
  password: '',
  folders: ['INBOX'],
  pollSeconds: 60,
  flow: null,
};

export function formOf(mailbox: MailboxView): MailboxForm {
  const { imap } = mailbox;
  return {
    ...emptyForm,
    name: mailbox.name,
    description: mailbox.description ?? '',
    address: mailbox.address,
    folders: mailbox.folders,
    pollSeconds: mailbox.pollSeconds,
    ...(imap && {
      host: imap.host,
      port: imap.port,
      security: imap.security,
      ca: imap.ca ?? '',
      username: imap.username,
    }),
  };
}

export function bodyOf(form: MailboxForm): MailboxBody {
  const { flow, ca, description, ...rest } = trimmed(form);
  return {
    ...rest,
    type: 'imap',
    ...(description && { description }),
    ...(ca && { ca }),
    ...(flow !== null && { flow }),
  };
}

/** An empty password keeps the stored one. */
export function changeOf(form: MailboxForm): MailboxChange {
  const { flow: _, password, ...rest } = trimmed(form);
  return password === '' ? rest : { ...rest, password };
}

/** A name for the mailbox out of its address, within what log lines and metrics allow. */
export function nameFrom(address: string): string {
  return address.replace(/[^A-Za-z0-9@_.-]/g, '').slice(0, 40);
}

function trimmed(form: MailboxForm): MailboxForm {
  return {
    ...form,
    name: form.name.trim(),
    address: form.address.trim(),
    host: form.host.trim(),
    username: form.username.trim(),
    description: form.description.trim(),
    ca: form.ca.trim(),
  };
}
