import type { SendLimits } from '../../schemas/outbound-mailbox.ts';

const second = 1_000;
export const day = 86_400_000;

/** A window slides in so many steps: a mail counts until its whole step has left, so that never more leave than allowed. */
const steps = 20;

/** How many mails may leave now, by limits per second, minute and day that slide along with the time. Times in milliseconds. */
export interface RateLimit {
  free(now: number): number;
  count(now: number, mails: number): void;
  /** When at least one may leave again; `now` if it already may. */
  freeAt(now: number): number;
}

interface Window {
  max: number;
  stepMs: number;
  /** Mails by the number of their step. */
  counts: Map<number, number>;
}

/** @param sentBefore when mails left within the last day, so that a restart does not begin to count anew. */
export function createRateLimit(limits: SendLimits, sentBefore: readonly number[] = []): RateLimit {
  const windows = [
    windowOf(limits.perSecond, second),
    windowOf(limits.perMinute, 60 * second),
    windowOf(limits.perDay, day),
  ].filter((window) => window !== null);
  for (const time of sentBefore) count(time, 1);

  function count(now: number, mails: number): void {
    for (const { counts, stepMs } of windows) {
      const step = Math.floor(now / stepMs);
      counts.set(step, (counts.get(step) ?? 0) + mails);
    }
  }

  return {
    free: (now) => windows.reduce((least, window) => Math.min(least, window.max - used(window, now)), Infinity),
    count,
    freeAt: (now) => windows.reduce((latest, window) => Math.max(latest, freeAt(window, now)), now),
  };
}

function windowOf(max: number | undefined, spanMs: number): Window | null {
  return max === undefined ? null : { max, stepMs: spanMs / steps, counts: new Map() };
}

function used({ counts, stepMs }: Window, now: number): number {
  const current = Math.floor(now / stepMs);
  const oldest = current - steps;
  let sum = 0;
  for (const [step, mails] of [...counts]) {
    if (step < oldest || step > current) counts.delete(step);
    if (step < oldest) continue;
    sum += mails;
    // Counted by a clock that has been set back since: from now on they count for as long as any others.
    if (step > current) counts.set(current, (counts.get(current) ?? 0) + mails);
  }
  return sum;
}

function freeAt(window: Window, now: number): number {
  let over = used(window, now) - window.max + 1;
  if (over <= 0) return now;
  for (const step of [...window.counts.keys()].sort((a, b) => a - b)) {
    over -= window.counts.get(step) ?? 0;
    if (over <= 0) return (step + steps + 1) * window.stepMs;
  }
  return now;
}
