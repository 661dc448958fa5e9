import { answerableFrom } from './answerable-from.ts';
import { forgedSender } from './forged-sender.ts';
import { mailboxBreaker } from './mailbox-breaker.ts';
import { mayAutoRespond } from './may-auto-respond.ts';
import { ownAddress } from './own-address.ts';
import type { BudgetRule, Rule } from './rule.ts';
import { senderBudget } from './sender-budget.ts';
import { senderOnly } from './sender-only.ts';
import { threadBudget } from './thread-budget.ts';
import { unprovedBudget } from './unproved-budget.ts';

/** What the mail itself says, asked first: it costs no query. No flow can turn any of them off. */
export const rules: readonly Rule[] = [mayAutoRespond, senderOnly, ownAddress, forgedSender, answerableFrom];

/** What was sent before. */
export const budgetRules: readonly BudgetRule[] = [senderBudget, threadBudget, unprovedBudget, mailboxBreaker];
