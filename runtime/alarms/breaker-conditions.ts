import type { Settings } from '../../schemas/settings.ts';
import type { Condition } from './alarms.ts';

/** As long as answers are held back, each of them says so anew. */
const holdMs = 10 * 60_000;

/** Circuit breakers that hold answers back now. */
export interface BreakerConditions {
  /** The breaker of this mailbox has just held an answer back. */
  broke(mailbox: string): void;
  conditions(): Condition[];
}

export function createBreakerConditions(deps: {
  settings: { read(): Settings };
  clock: { now(): number };
}): BreakerConditions {
  const brokeAt = new Map<string, number>();
  return {
    broke: (mailbox) => void brokeAt.set(mailbox, deps.clock.now()),
    conditions() {
      const now = deps.clock.now();
      const { mailboxes, budgets } = deps.settings.read();
      for (const [mailbox, at] of brokeAt) if (now - at >= holdMs) brokeAt.delete(mailbox);
      return mailboxes
        .filter(({ id }) => brokeAt.has(id))
        .map(({ id, name }) => {
          const message = `${name} has sent ${budgets.perMailboxPerHour} automatic answers within an hour and sends no more for now. Very much mail comes, or it answers a machine: see what is withheld in the outbox. The limit is in Settings, Limits.`;
          return { kind: 'circuit-breaker', about: id, mailbox: id, message } as const;
        });
    },
  };
}
