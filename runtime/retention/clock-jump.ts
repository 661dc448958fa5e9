const dayMs = 86_400_000;

/** A server may be off for so long without missing a night; and a clock that is wrong by less removes things so much too early at most. */
const mostDays = 3;

/** When the rules were last carried out, left out or changed, as far as the clock of now can have seen it. Milliseconds since the epoch. */
export function lastKnown(now: number, moments: readonly (number | undefined)[]): number {
  return Math.max(0, ...moments.filter((moment) => moment !== undefined && moment <= now).map(Number));
}

/** Why nothing is removed tonight, in words; null where the clock went on from what is known as clocks do. */
export function clockJump(now: number, known: number): string | null {
  if (now - known <= mostDays * dayMs) return null;
  const days = Math.floor((now - known) / dayMs);
  const last = new Date(known).toISOString().slice(0, 10);
  return `The clock jumped: it is ${days} days since the rules were last looked at, on ${last}. Sluice was off for so long, or the clock is wrong. Nothing was removed tonight; the next night removes it if the clock still says so.`;
}
