import { sql, type Transaction } from 'kysely';
import type { Email } from '../../schemas/email.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Budgets, Mailbox, Settings } from '../../schemas/settings.ts';
import type { Database } from '../store/database.ts';
import { ownAddresses } from './own-addresses.ts';
import { budgetRules, rules } from './rules/index.ts';
import type { Counts } from './rules/rule.ts';
import { threadOf } from './thread.ts';

const hour = 3_600_000;
const day = 24 * hour;

export interface ReviewInput {
  email: Email;
  mailbox: Mailbox;
  effects: readonly Effect[];
}

/** The send guard: no answer leaves without it, and no flow can turn it off. */
export interface Guard {
  /** The same effects, each with the guard's word in `allowed` and `reason`. At most two queries, none where nothing is to be sent. */
  review(tx: Transaction<Database>, input: ReviewInput): Promise<Effect[]>;
}

export function createGuard(deps: { settings: { read(): Settings }; clock: { now(): number } }): Guard {
  const { settings, clock } = deps;
  /**
   * When answers left, per mailbox, oldest first: the breaker's budget may be 10,000, too many to count for each mail.
   * A commit that fails later leaves an entry too many, which errs on the side of silence.
   */
  const recent = new Map<string, number[]>();

  async function mailboxTimes(tx: Transaction<Database>, mailbox: string, since: number): Promise<number[]> {
    const known = recent.get(mailbox);
    if (known !== undefined) {
      const firstInside = known.findIndex((time) => time > since);
      known.splice(0, firstInside === -1 ? known.length : firstInside);
      return known;
    }
    const rows = await tx
      .selectFrom('outbox')
      .select('created_at')
      .where('mailbox', '=', mailbox)
      .where('created_at', '>', since)
      .where(counted)
      .orderBy('created_at')
      .execute();
    const times = rows.map((row) => row.created_at);
    recent.set(mailbox, times);
    return times;
  }

  async function reviewOne(tx: Transaction<Database>, effect: Effect, input: ReviewInput, allowedBefore: number) {
    const current = settings.read();
    const question = { effect, email: input.email, own: ownAddresses(current) };
    for (const rule of rules) {
      const reason = rule(question);
      if (reason !== null) return reason;
    }
    const now = clock.now();
    const times = await mailboxTimes(tx, input.mailbox.id, now - hour);
    const sent = await countSent(tx, effect.to, threadOf(input.email), now, current.budgets);
    const counts: Counts = {
      sender: sent.sender + allowedBefore,
      thread: sent.thread + allowedBefore,
      mailbox: times.length,
    };
    for (const rule of budgetRules) {
      const reason = rule(counts, current.budgets);
      if (reason !== null) return reason;
    }
    times.push(now);
    return '';
  }

  return {
    async review(tx, input) {
      const reviewed: Effect[] = [];
      for (const effect of input.effects) {
        const allowedBefore = reviewed.filter((before) => before.allowed).length;
        const reason = await reviewOne(tx, effect, input, allowedBefore);
        reviewed.push({ ...effect, allowed: reason === '', reason });
      }
      return reviewed;
    },
  };
}

/** Written out, not bound: SQLite uses a partial index only where the query repeats its condition. */
const counted = sql<boolean>`state <> 'withheld'`;

/** What this sender and this conversation got, counted no further than the budget. */
async function countSent(tx: Transaction<Database>, to: string, thread: string, now: number, budgets: Budgets) {
  const result = await sql<{ sender: number; thread: number }>`
    select
      (select count(*) from (select 1 from outbox
        where lower(to_address) = lower(${to}) and created_at > ${now - hour} and ${counted}
        limit ${budgets.perSenderPerHour}) as s) as sender,
      (select count(*) from (select 1 from outbox
        where thread = ${thread} and thread <> '' and created_at > ${now - day} and ${counted}
        limit ${budgets.perThreadPerDay}) as t) as thread`.execute(tx);
  return result.rows[0] ?? { sender: 0, thread: 0 };
}
