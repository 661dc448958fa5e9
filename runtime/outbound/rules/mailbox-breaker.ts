import type { BudgetRule } from './rule.ts';

/** The circuit breaker: a storm from ever new senders ends here, before it costs the domain its reputation. */
export const mailboxBreaker: BudgetRule = (counts, { perMailboxPerHour }) =>
  counts.mailbox < perMailboxPerHour
    ? null
    : `This mailbox sent ${counts.mailbox} automatic answers within an hour (circuit breaker ${perMailboxPerHour})`;
