import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { bounceAddress, type Sign } from './bounce-token.ts';

/** Whom a server tells that a mail of ours cannot be delivered; empty is the null sender, and nobody is told. */
export function envelopeSender(outbound: OutboundMailbox | null, from: string, id: string, sign: Sign): string {
  if (outbound === null || outbound.envelopeSender === 'nobody') return '';
  return outbound.envelopeSender === 'from' ? from : namedSender(outbound, from, id, sign);
}

/** The same where a server takes no mail from the null sender. */
export function namedSender(outbound: OutboundMailbox, from: string, id: string, sign: Sign): string {
  return outbound.bounceAddress === undefined ? from : bounceAddress(outbound.bounceAddress, id, sign);
}

/** The same for what a person wrote: somebody wants to know if it does not arrive, at the From address where nothing else was chosen. */
export function replyEnvelopeSender(outbound: OutboundMailbox | null, from: string, id: string, sign: Sign): string {
  return outbound?.envelopeSender === 'bounces' ? namedSender(outbound, from, id, sign) : from;
}
