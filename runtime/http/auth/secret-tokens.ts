import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: not to be guessed, so a fast hash is enough to store it by. */
export function createSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares in constant time; hashing first makes both the same length. */
export function tokensMatch(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
