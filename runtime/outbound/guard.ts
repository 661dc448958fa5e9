import { sql, type Transaction } from 'kysely';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';
import type { AnsweredEmail } from './answered-email.ts';
import { counted } from './counted.ts';
import { answerSender, ownAddresses } from './own-addresses.ts';
import { budgetRules, rules } from './rules/index.ts';
import { mailboxBreaker } from './rules/mailbox-breaker.ts';
import type { Counts } from './rules/rule.ts';
import { threadOf } from './thread.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface ReviewInput {
  email: AnsweredEmail;
  mailbox: Mailbox;
  effects: readonly Effect[];
}

/** The send guard: no answer leaves without it, and no flow can turn it off. */
export interface Guard {
  /** The same effects, each with the guard's word in `allowed` and `reason`. At most two queries, none where nothing is to be sent. */
  review(tx: Transaction<Database>, input: ReviewInput): Promise<Effect[]>;
}

export interface GuardDeps {
  settings: { read(): Settings };
  clock: { now(): number };
  /** The circuit breaker of a mailbox has just held an answer back. */
  onBreak?: ((mailbox: string) => void) | undefined;
}

export function createGuard(deps: GuardDeps): Guard {
  const { settings, clock } = deps;
  const countSent = createCountSent();
  /**
   * When answers left, per mailbox, oldest first, and those to senders whom nothing proves: the breaker's budget may be 10,000, too many to count for each mail.
   * A commit that fails later leaves an entry too many, which errs on the side of silence.
   */
  const recent = new Map<string, number[]>();

  async function mailboxTimes(
    tx: Transaction<Database>,
    mailbox: string,
    since: number,
    whose: 'all' | 'unproved' = 'all',
  ): Promise<number[]> {
    const key = `${whose} ${mailbox}`;
    const known = recent.get(key);
    if (known !== undefined) {
      const firstInside = known.findIndex((time) => time > since);
      known.splice(0, firstInside === -1 ? known.length : firstInside);
      return known;
    }
    let answers = tx
      .selectFrom('outbox')
      .select('created_at')
      .where('mailbox', '=', mailbox)
      .where('created_at', '>', since)
      .where(counted)
      .orderBy('created_at');
    if (whose === 'unproved') answers = answers.where(toUnproved);
    const times = (await answers.execute()).map((row) => row.created_at);
    recent.set(key, times);
    return times;
  }

  async function reviewOne(tx: Transaction<Database>, effect: Effect, input: ReviewInput, allowedBefore: number) {
    const current = settings.read();
    const question = {
      effect,
      email: input.email,
      own: ownAddresses(current),
      from: answerSender(current, input.mailbox, input.email).address,
    };
    for (const rule of rules) {
      const reason = rule(question);
      if (reason !== null) return reason;
    }
    const now = clock.now();
    const times = await mailboxTimes(tx, input.mailbox.id, now - hour);
    const isUnproved = input.email.authentication.sender === 'unproved';
    const unproved = isUnproved ? await mailboxTimes(tx, input.mailbox.id, now - hour, 'unproved') : [];
    const { rows } = await countSent(tx, {
      to: effect.to,
      thread: threadOf(input.email),
      hourAgo: now - hour,
      dayAgo: now - day,
      senderBudget: current.budgets.perSenderPerHour,
      threadBudget: current.budgets.perThreadPerDay,
    });
    const sent = rows[0] ?? { sender: 0, thread: 0 };
    const counts: Counts = {
      sender: sent.sender + allowedBefore,
      thread: sent.thread + allowedBefore,
      mailbox: times.length,
      unproved: unproved.length,
    };
    for (const rule of budgetRules) {
      const reason = rule(counts, current.budgets);
      if (reason === null) continue;
      if (rule === mailboxBreaker) deps.onBreak?.(input.mailbox.id);
      return reason;
    }
    times.push(now);
    unproved.push(now);
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

/** Asked once for a mailbox, of the last hour: what was found out about the sender stands in the mail that was answered. */
const toUnproved = sql<boolean>`'unproved' = (
  select json_extract(details.email, '$.authentication.sender') from interaction_details as details
  where details.interaction = outbox.interaction
)`;

interface CountValues {
  to: string;
  thread: string;
  hourAgo: number;
  dayAgo: number;
  senderBudget: number;
  threadBudget: number;
}

/**
 * What this sender and this conversation got, counted no further than the budgets. SQLite looks at a bare bound LIMIT while it plans, and so
 * plans anew whenever one is bound, at ten times the cost of the search; at a sum it does not look.
 */
function createCountSent() {
  return prepare<CountValues, { sender: number; thread: number }>((db, value) => {
    const statement = sql<{ sender: number; thread: number }>`
      select
        (select count(*) from (select 1 from outbox
          where lower(to_address) = lower(${value('to')}) and created_at > ${value('hourAgo')} and ${counted}
          limit ${value('senderBudget')} + 0) as s) as sender,
        (select count(*) from (select 1 from outbox
          where thread = ${value('thread')} and thread <> '' and created_at > ${value('dayAgo')} and ${counted}
          limit ${value('threadBudget')} + 0) as t) as thread`;
    return { compile: () => statement.compile(db) };
  });
}
