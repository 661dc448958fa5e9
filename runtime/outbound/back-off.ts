const minute = 60_000;

/** After these, every 4 hours. The first are short because greylisting lets a second try pass within minutes. */
const firstDelays = [1, 5, 15, 60].map((minutes) => minutes * minute);
const laterDelay = 240 * minute;

/** RFC 5321 section 4.5.4.1 asks for 4 to 5 days before giving up. */
export const giveUpAfterMs = 4 * 24 * 60 * minute;

/** Attempts that fit into the time to give up: the first, the short ones, and one every 4 hours for the rest. */
const maxAttempts = 1 + firstDelays.length + Math.floor((giveUpAfterMs - sum(firstDelays)) / laterDelay);

/** Milliseconds until the next attempt at a mail, after so many; null if there is to be none. */
export function retryDelay(attempts: number, random: number): number | null {
  if (attempts >= maxAttempts) return null;
  return jittered(firstDelays[attempts - 1] ?? laterDelay, random);
}

/** Milliseconds until the way out as a whole is tried again, after so many failures in a row: 5 s, doubling up to 15 minutes. */
export function suspensionDelay(failures: number, random: number): number {
  return jittered(Math.min(15 * minute, 5_000 * 2 ** Math.min(failures - 1, 10)), random);
}

/** A fifth more or less, so that mails which failed together do not come back together. */
function jittered(ms: number, random: number): number {
  return Math.round(ms * (0.8 + random * 0.4));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
