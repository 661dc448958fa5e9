import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { SenderTypeName } from '../../schemas/senders/index.ts';
import { graphSenderType } from './graph-sender-type.ts';
import type { SenderType } from './sender-type.ts';
import { smtpSenderType } from './smtp-sender-type.ts';

/** Every type of outbound mailbox, one line each. */
const senderTypes: { [T in SenderTypeName]: SenderType<T> } = {
  smtp: smtpSenderType,
  graph: graphSenderType,
};

export function senderTypeOf(mailbox: Pick<OutboundMailbox, 'type'>): SenderType<SenderTypeName> {
  // An entry takes the bodies of its own type only, and that is the type it was found by.
  return senderTypes[mailbox.type] as SenderType<SenderTypeName>;
}
