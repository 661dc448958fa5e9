export interface BackoffLimits {
  firstMs: number;
  longestMs: number;
}

/** Doubles from `firstMs` to `longestMs`; half of each pause is random, so that many mailboxes do not return at once. */
export function pauseAfter(failures: number, { firstMs, longestMs }: BackoffLimits): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full / 2 + (Math.random() * full) / 2);
}
