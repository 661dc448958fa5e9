import type { ComponentType } from 'react';
import type { OutboundMailboxBody, OutboundMailboxView } from '../../../../schemas/api/outbound-mailboxes.ts';
import type { SenderTypeName } from '../../../../schemas/senders/index.ts';
import type { OutboundForm } from '../outbound-form.ts';

export interface SenderFieldsProps {
  form: OutboundForm;
  onChange: (part: Partial<OutboundForm>) => void;
  isNew: boolean;
}

/** How one type of outbound mailbox looks in the form and in the list. */
export interface SenderForm<T extends SenderTypeName = SenderTypeName> {
  label: string;
  /** What of the body is the type's own. */
  bodyOf(form: OutboundForm): Omit<OutboundMailboxBody<T>, 'name'>;
  /** The fields of a stored connection. */
  fieldsOf(mailbox: OutboundMailboxView): Partial<OutboundForm>;
  /** Where the connection leads, for the list. */
  whereOf(mailbox: OutboundMailboxView): string;
  /** True once enough is entered to try it. */
  canTry(form: OutboundForm): boolean;
  Fields: ComponentType<SenderFieldsProps>;
}
