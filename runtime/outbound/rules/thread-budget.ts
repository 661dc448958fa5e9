import type { BudgetRule } from './rule.ts';

/** Ends a slow loop that stays under the sender's hourly budget. */
export const threadBudget: BudgetRule = (counts, { perThreadPerDay }) =>
  counts.thread < perThreadPerDay
    ? null
    : `This conversation got ${counts.thread} automatic answers within a day (budget ${perThreadPerDay})`;
