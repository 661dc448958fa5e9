import type { AlarmKind } from '../../schemas/api/alarms.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Store } from '../store/store.ts';
import { type Alarms, type Condition, keyOf } from './alarms.ts';
import { forgetArrivals } from './arrivals.ts';

/** How often all is looked at. */
const lookMs = 30_000;
/** A trouble must be over for so long before its alarm is: what comes and goes is one alarm, not twenty. */
const calmMs = 5 * 60_000;

/** Kinds that looking decides about; the others are raised and cleared by whoever knows. */
const watched: readonly AlarmKind[] = [
  'failing',
  'lagging',
  'silent',
  'authorisation',
  'circuit-breaker',
  'domain',
  'storage',
];

export interface Watch {
  start(): void;
  stop(): Promise<void>;
  /** One look. */
  look(): Promise<void>;
}

export function createWatch(deps: {
  alarms: Alarms;
  store: Pick<Store, 'commit'>;
  conditions: () => Promise<Condition[]>;
  /** Ids of the mailboxes that there are. */
  mailboxes: () => readonly string[];
  clock: { now(): number };
  log: { error(data: object, message: string): void };
}): Watch {
  const { alarms, clock } = deps;
  const calmSince = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let forgotten = 0;

  async function look(): Promise<void> {
    const now = clock.now();
    const conditions = await deps.conditions();
    const present = new Set(conditions.map(({ kind, about }) => keyOf(kind, about)));
    for (const condition of conditions) await alarms.raise(condition);
    for (const key of await alarms.openKeys()) {
      const kind = watched.find((each) => key.startsWith(`${each}:`));
      if (kind === undefined) continue;
      // At the latest now: a clock that was set back must not keep an alarm open for as long as it was wrong.
      const since = present.has(key) ? undefined : Math.min(calmSince.get(key) ?? now, now);
      if (since === undefined) calmSince.delete(key);
      else calmSince.set(key, since);
      if (since === undefined || now - since < calmMs) continue;
      calmSince.delete(key);
      await alarms.clear(kind, key.slice(kind.length + 1));
    }
    await clearOrphans();
    if (now - forgotten < 3_600_000) return;
    forgotten = now;
    await deps.store.commit((tx) => forgetArrivals(tx, now));
  }

  /** Settings and alarms are written apart: a crash in between leaves alarms of a mailbox that is gone. */
  async function clearOrphans(): Promise<void> {
    const there = new Set(deps.mailboxes());
    const named = (await alarms.open()).flatMap(({ mailbox }) => mailbox ?? []);
    for (const mailbox of new Set(named)) if (!there.has(mailbox)) await alarms.clearOf(mailbox);
  }

  const tick = () => {
    looking = look()
      .catch((thrown: unknown) => deps.log.error({ error: coerceError(thrown) }, 'The alarms could not be looked at'))
      .finally(() => {
        timer = setTimeout(tick, lookMs).unref();
      });
  };

  return {
    look,
    start() {
      timer = setTimeout(tick, lookMs).unref();
    },
    async stop() {
      await looking;
      clearTimeout(timer);
    },
  };
}
