import { randomInt } from 'node:crypto';

/** Without look-alikes: it is read from a log and typed by hand. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 12 characters, near 59 bits; guesses are limited as logins are. */
export function createSetUpCode(): string {
  const pick = () => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
  return `${pick()}-${pick()}-${pick()}`;
}
