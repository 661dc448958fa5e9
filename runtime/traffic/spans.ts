/** Fine enough that "the last hour" is one: it is cut at most five minutes off. */
const fineMs = 300_000;
const hourMs = 3_600_000;

/** Beyond these only whole hours are kept, and beyond those nothing. */
export const fineForMs = 3 * hourMs;
export const keptForMs = 8 * 24 * hourMs;

/** How far back each window looks. */
export const windowsMs = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;

/** The beginning of the span that a moment is counted in. */
export function fineSpan(at: number): number {
  return at - (at % fineMs);
}

/** The beginning of its hour (UTC). */
export function hourOf(at: number): number {
  return at - (at % hourMs);
}

/** The first span that belongs to a window which ends now. Beyond what is kept finely it begins with a whole hour. */
export function firstSpan(window: keyof typeof windowsMs, now: number): number {
  const since = now - windowsMs[window];
  return window === 'hour' ? fineSpan(since) : hourOf(since);
}
