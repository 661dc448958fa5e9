import type { BudgetRule } from './rule.ts';

/** Whoever sends under forged names must not have us write to all those whom they belong to. */
export const unprovedBudget: BudgetRule = (counts, { perMailboxUnprovedPerHour }) =>
  counts.unproved < perMailboxUnprovedPerHour
    ? null
    : `Nothing proves that the mail came from its sender, and this mailbox answered ${counts.unproved} such mails within an hour (budget ${perMailboxUnprovedPerHour})`;
