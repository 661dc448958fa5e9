import type { BudgetRule } from './rule.ts';

/** Ends a loop with a machine that hides what it is, and spares a person whose address somebody forges. */
export const senderBudget: BudgetRule = (counts, { perSenderPerHour }) =>
  counts.sender < perSenderPerHour
    ? null
    : `This sender got ${counts.sender} automatic answers within an hour (budget ${perSenderPerHour})`;
