import { setTimeout as wait } from 'node:timers/promises';

/** Time as this room uses it; a test gives its own. */
export interface GraphClock {
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: GraphClock = {
  // Does not jump when somebody sets the machine's clock: a pause of a second must not become one of a day.
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
};

/** Keeps the calls for one mailbox within what Graph serves at the same time, and back while it asks to wait. */
export interface Gate {
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** No call begins before. Milliseconds since the epoch. */
  holdUntil(time: number): void;
  /** Milliseconds until calls may begin again. */
  heldFor(): number;
}

export function createGate(limit: number, clock: GraphClock): Gate {
  const waiting: (() => void)[] = [];
  let running = 0;
  let heldUntil = 0;

  async function enter(): Promise<void> {
    if (running < limit) {
      running += 1;
      return;
    }
    // Whoever leaves hands over its place, so that the count stays.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  const heldFor = () => Math.max(0, heldUntil - clock.now());

  return {
    heldFor,
    holdUntil(time) {
      heldUntil = Math.max(heldUntil, time);
    },
    async run(work, signal) {
      await enter();
      try {
        signal.throwIfAborted();
        while (heldFor() > 0) await clock.sleep(heldFor(), signal);
        return await work();
      } finally {
        leave();
      }
    },
  };
}
