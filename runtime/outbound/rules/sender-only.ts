import type { Rule } from './rule.ts';

/**
 * An answer goes to the sender's address and no other: a flow that could name the recipient would be a relay.
 * White space, quotes and controls are refused, since such a mailbox is rare and such an injection is not.
 */
export const senderOnly: Rule = ({ effect, email }) => {
  if (email.from.address === '') return 'The mail has no sender to answer';
  if (effect.to !== email.from.address) return `Only the sender is answered, not ${effect.to}`;
  // 254 octets are the longest path that SMTP carries (RFC 5321 section 4.5.3.1.3, less the angle brackets).
  if (effect.to.length > 254 || !/^[^\s<>()[\],;:"\\@\p{Cc}]+@[^\s<>()[\],;:"\\@\p{Cc}]+$/u.test(effect.to)) {
    return "The sender's address cannot be answered safely";
  }
  return null;
};
