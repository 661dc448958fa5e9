import type { ComponentType } from 'react';
import type { MailboxBody, MailboxView, VerifyReportView } from '../../../../schemas/api/mailboxes.ts';
import type { ConnectionSecurity } from '../../../../schemas/sources/server.ts';
import type { MailboxForm } from '../mailbox-form.ts';

export interface OwnFieldsProps {
  form: MailboxForm;
  onChange: (part: Partial<MailboxForm>) => void;
  /** Folders that Verify found. */
  folders: NonNullable<VerifyReportView['folders']>;
  isNew: boolean;
}

export interface ConnectionFieldsProps {
  form: MailboxForm;
  onChange: (part: Partial<MailboxForm>) => void;
  isNew: boolean;
}

/** How one type of mailbox looks in the form and on its card. */
export interface SourceForm {
  label: string;
  /** The usual ports; null where it is no mail server that is connected to. */
  ports: Record<ConnectionSecurity, number> | null;
  /** What the poll interval means for this type. */
  pollHint: string;
  bodyOf(form: MailboxForm): MailboxBody;
  /** All that a trial of the connection needs stands in the fields. */
  isComplete(form: MailboxForm): boolean;
  /** The fields of a stored connection. */
  fieldsOf(mailbox: MailboxView): Partial<MailboxForm>;
  /** Where the connection leads, for the card. */
  whereOf(mailbox: MailboxView): string;
  /** What else is worth knowing at a glance. */
  factOf(mailbox: MailboxView): { label: string; text: string; hint: string };
  /** Where the mailbox is, and how to get in. */
  ConnectionFields: ComponentType<ConnectionFieldsProps>;
  /** The fields that only this type has. */
  OwnFields: ComponentType<OwnFieldsProps>;
}
