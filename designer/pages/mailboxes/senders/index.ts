import type { SenderTypeName } from '../../../../schemas/senders/index.ts';
import { graphForm } from './graph.tsx';
import type { SenderForm } from './sender-form.ts';
import { smtpForm } from './smtp.tsx';

/** Every type of outbound mailbox, one line each, in the order in which they are offered. */
export const senderForms: { [T in SenderTypeName]: SenderForm<T> } = { smtp: smtpForm, graph: graphForm };
