const minute = 60_000;

/** After these, every 4 hours. The first are short because greylisting lets a second try pass within minutes. */
const firstDelays = [1, 5, 15, 60].map((minutes) => minutes * minute);
const laterDelay = 240 * minute;

/** No mail waits longer for its next try. */
export const longestPauseMs = laterDelay * 1.2;

const dayMs = 24 * 60 * minute;

/** RFC 5321 section 4.5.4.1 asks for 4 to 5 days before giving up. */
export const giveUpAfterMs = 4 * dayMs;

/** A mail that waits for so long is shown as delayed. */
export const delayedAfterMs = 2 * dayMs;

/**
 * When a mail is tried again, after so many attempts; null if it is not. The last time is at the very end of its four days.
 *
 * @param queuedAt since when it waits.
 */
export function nextAttemptAt(attempts: number, queuedAt: number, now: number, random: number): number | null {
  const end = queuedAt + giveUpAfterMs;
  return now >= end ? null : Math.min(end, now + jittered(firstDelays[attempts - 1] ?? laterDelay, random));
}

/** Milliseconds until the way out as a whole is tried again, after so many failures in a row: 5 s, doubling up to 15 minutes. */
export function suspensionDelay(failures: number, random: number): number {
  return jittered(Math.min(15 * minute, 5_000 * 2 ** Math.min(failures - 1, 10)), random);
}

/** The same after a refused login: each try may bring the account nearer to being locked. 1 minute, doubling up to an hour. */
export function loginDelay(failures: number, random: number): number {
  return jittered(Math.min(60 * minute, minute * 2 ** Math.min(failures - 1, 10)), random);
}

/** Milliseconds between mails for a server that asked so many times for patience: 1 s, doubling up to a minute. */
export function slowDelay(times: number): number {
  return times === 0 ? 0 : Math.min(minute, 1_000 * 2 ** Math.min(times - 1, 10));
}

/** A fifth more or less, so that mails which failed together do not come back together. */
function jittered(ms: number, random: number): number {
  return Math.round(ms * (0.8 + random * 0.4));
}
