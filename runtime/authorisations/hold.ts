import { OperationalError, UserError } from '../../schemas/errors.ts';

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;
/** Somebody has to act; asking now and then finds out that they did, elsewhere. */
const refusedPauseMs = 10 * 60_000;

/** Keeps a provider that failed from being asked again too soon, however many mailboxes want a token. */
export interface Hold {
  /** Throws the former error while it is too soon. */
  check(now: number): void;
  failed(error: Error, now: number, isForGood: boolean): void;
  clear(): void;
}

export function createHold(): Hold {
  let held: { error: Error; until: number } | undefined;
  let failures = 0;
  return {
    check(now) {
      if (held !== undefined && now < held.until) throw held.error;
    },
    failed(error, now, isForGood) {
      failures += 1;
      held = { error, until: isForGood ? Number.POSITIVE_INFINITY : now + pauseOf(error, failures) };
    },
    clear() {
      held = undefined;
      failures = 0;
    },
  };
}

function pauseOf(error: Error, failures: number): number {
  if (error instanceof UserError) return refusedPauseMs;
  const wanted = error instanceof OperationalError ? error.data.retryAfterMs : undefined;
  if (typeof wanted === 'number') return wanted;
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10));
}
