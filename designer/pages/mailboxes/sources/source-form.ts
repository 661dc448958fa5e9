import type { ComponentType } from 'react';
import type { MailboxBody, MailboxView } from '../../../../schemas/api/mailboxes.ts';
import type { ConnectionSecurity } from '../../../../schemas/sources/server.ts';
import type { MailboxForm } from '../mailbox-form.ts';

export interface OwnFieldsProps {
  form: MailboxForm;
  onChange: (part: Partial<MailboxForm>) => void;
  /** Folders that Verify found. */
  folders: readonly string[];
}

/** How one type of mailbox looks in the form and on its card. */
export interface SourceForm {
  label: string;
  /** An example of a server's name. */
  serverExample: string;
  ports: Record<ConnectionSecurity, number>;
  /** What the poll interval means for this type. */
  pollHint: string;
  bodyOf(form: MailboxForm): MailboxBody;
  /** The fields of a stored connection. */
  fieldsOf(mailbox: MailboxView): Partial<MailboxForm>;
  /** Where the connection leads, for the card. */
  whereOf(mailbox: MailboxView): string;
  /** What else is worth knowing at a glance. */
  factOf(mailbox: MailboxView): { label: string; text: string; hint: string };
  /** The fields that only this type has. */
  OwnFields: ComponentType<OwnFieldsProps>;
}
