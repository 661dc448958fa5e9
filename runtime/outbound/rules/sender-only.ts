import { isPlainAddress } from '../own-addresses.ts';
import type { Rule } from './rule.ts';

/**
 * An answer goes to the sender's address and no other: a flow that could name the recipient would be a relay.
 */
export const senderOnly: Rule = ({ effect, email }) => {
  if (email.from.address === '') return 'The mail has no sender to answer';
  if (effect.to !== email.from.address) return `Only the sender is answered, not ${effect.to}`;
  if (!isPlainAddress(effect.to)) return "The sender's address cannot be answered safely";
  return null;
};
