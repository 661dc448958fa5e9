import type { MailboxView } from '../../../../schemas/api/mailboxes.ts';
import type { SourceTypeName } from '../../../../schemas/sources/index.ts';
import { ewsForm } from './ews.tsx';
import { graphForm } from './graph.tsx';
import { imapForm } from './imap.tsx';
import { pop3Form } from './pop3.tsx';
import type { SourceForm } from './source-form.ts';

/** Every type of mailbox that can be connected, one line each, in the order in which they are offered. */
export const sourceForms: Record<SourceTypeName, SourceForm> = {
  imap: imapForm,
  pop3: pop3Form,
  graph: graphForm,
  ews: ewsForm,
};

/** Undefined for the built-in receiver, which has no connection. */
export function sourceFormOf(mailbox: Pick<MailboxView, 'type'>): SourceForm | undefined {
  return mailbox.type === 'smtp-receiver' ? undefined : sourceForms[mailbox.type];
}
