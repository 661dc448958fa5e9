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
  /** Looks now rather than at the next time. */
  wake(): void;
  /** One look. */
  look(): Promise<void>;
}

export function createWatch(deps: {
  alarms: Alarms;
  store: Pick<Store, 'commit'>;
  conditions: () => Promise<Condition[]>;
  /** Those that there are. */
  mailboxes: () => readonly { id: string }[];
  clock: { now(): number };
  log: { error(data: object, message: string): void };
}): Watch {
  const { alarms, clock } = deps;
  const calmSince = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let forgotten = 0;
  let stopped = false;

  async function look(): Promise<void> {
    const now = clock.now();
    const conditions = await deps.conditions();
    const present = new Set(conditions.map(({ kind, about }) => keyOf(kind, about)));
    await alarms.storeWaiting();
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
    const there = new Set(deps.mailboxes().map(({ id }) => id));
    const named = (await alarms.open()).flatMap(({ mailbox }) => mailbox ?? []);
    for (const mailbox of new Set(named)) if (!there.has(mailbox)) await alarms.clearOf(mailbox);
  }

  const tick = () => {
    timer = undefined;
    looking = look()
      .catch((thrown: unknown) => deps.log.error({ error: coerceError(thrown) }, 'The alarms could not be looked at'))
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, lookMs).unref();
      });
  };

  return {
    look,
    wake() {
      // While it looks, and once it has stopped, there is no next time to bring forward.
      if (timer === undefined) return;
      clearTimeout(timer);
      tick();
    },
    start() {
      timer = setTimeout(tick, lookMs).unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      timer = undefined;
      await looking;
    },
  };
}
