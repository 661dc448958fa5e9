import type { Effect } from '../../../schemas/run.ts';
import type { Budgets } from '../../../schemas/settings.ts';
import type { AnsweredEmail } from '../answered-email.ts';

/** What the guard knows about an answer that a flow asks for. */
interface Question {
  effect: Effect;
  email: AnsweredEmail;
  /** Addresses that this installation reads or writes as, lower case. */
  own: ReadonlySet<string>;
  /** Who the answer would come from; empty if nobody. */
  from: string;
}

/** Answers that have left or are about to, each within the time of its budget. */
export interface Counts {
  sender: number;
  thread: number;
  mailbox: number;
  /** To senders whom nothing proves; 0 where this one is not among them. */
  unproved: number;
}

/** The reason to withhold, in words for a person; null if this rule has nothing against the answer. */
export type Rule = (question: Question) => string | null;
export type BudgetRule = (counts: Counts, budgets: Budgets) => string | null;
